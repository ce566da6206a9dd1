import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useSay } from '../texts.ts'
import { Icon } from './icon.tsx'

interface DialogProps {
  title: string
  onClose(): void
  children: ComponentChildren
}

/** Over the chat. The browser keeps the focus inside; afterwards it is where it was. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const say = useSay()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('[autofocus]')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      else document.querySelector<HTMLElement>('textarea')?.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      // A browser lets a second Escape close it whatever we say.
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog">
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="icon" aria-label={say('close')} onClick={onClose}>
            <Icon name="cross" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}

interface QuestionProps {
  title: string
  yes: string
  no: string
  test?: string
  onYes(): void
  onNo(): void
}

/** It begins at what changes nothing. */
export const Question = ({ title, yes, no, test, onYes, onNo }: QuestionProps) => (
  <Dialog title={title} onClose={onNo}>
    <div class="answers">
      <button type="button" class="plain" autofocus onClick={onNo}>
        {no}
      </button>
      <button type="button" class="main" data-test={test} onClick={onYes}>
        {yes}
      </button>
    </div>
  </Dialog>
)
