import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from '../frame/icon.tsx'

interface DialogProps {
  title: string
  /** `panel`: at the side, for a form; `question`: small, in the middle. */
  kind: 'panel' | 'question'
  /** Null: only what is inside ends it. */
  onClose: (() => void) | null
  children: ComponentChildren
}

/** Where somebody begins: at what can be undone, or at the first field. */
const first = '[autofocus], .dialog-body :is(input, textarea, select):enabled'

/** The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, kind, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>(first)?.focus()
    return () => {
      const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('main')
      back?.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      class={kind}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // Whoever opened it decides, and takes it away.
        event.preventDefault()
        if (event.target === dialog.current) onClose?.()
      }}
      // A browser lets a second Esc close it whatever we say.
      onClose={() => dialog.current?.showModal()}
      onMouseDown={(event) => event.target === dialog.current && onClose?.()}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {onClose && (
            <button type="button" class="plain" aria-label="Close" data-test="close" onClick={onClose}>
              <Icon name="cross" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  )
}
