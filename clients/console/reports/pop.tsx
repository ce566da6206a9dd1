import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface PopProps {
  /** What is on the button. */
  button: ComponentChildren
  /** Where the button's own words do not say it. */
  label?: string
  kind?: 'act' | 'plain'
  test?: string
  children: ComponentChildren
}

/** Opens beside its button. The browser closes it: by Esc, or by whatever is done elsewhere. */
export function Pop({ button, label, kind = 'act', test = '', children }: PopProps) {
  const id = useId()
  return (
    <span class="pop-root">
      <button type="button" class={kind} popovertarget={id} aria-label={label} data-test={test}>
        {button}
      </button>
      <div class="pop" id={id} popover="auto">
        {children}
      </div>
    </span>
  )
}
