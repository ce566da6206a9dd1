import { element, icon } from '../loader/elements.ts'

/** Nobody is known yet: each variable says what it says without a value. */
export const withoutVariables = (text: string): string => text.replace(/\{\{[^{}|]*\|?([^{}]*)\}\}/g, '$1')

interface Greeting {
  text: string
  hideLabel: string
  take(): void
  putAway(): void
}

/** The inbox's greeting beside the button. */
export function greeting({ text, hideLabel, take, putAway }: Greeting): HTMLElement {
  const words = element('button', '', withoutVariables(text))
  const away = element('button', 'x', icon('cross'))
  words.onclick = take
  away.onclick = putAway
  away.ariaLabel = hideLabel
  const bubble = element('div', 'g', words, away)
  bubble.role = 'status'
  bubble.dir = 'auto'
  return bubble
}
