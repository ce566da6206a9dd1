import type { ShownInbox } from '../../../src/contract/inbox.ts'
import { readableOn } from '../contrast.ts'
import { element, icon } from './elements.ts'

/** The button and what stands around it. */
export interface Launcher {
  wrapper: HTMLElement
  button: HTMLElement
  /** How many messages are new. */
  badge: HTMLElement
  show(isOpen: boolean): void
  label(label: string): void
}

export function createLauncher({
  color = '#1f6feb',
  theme,
  position,
  launcherText,
  logoUrl,
}: Partial<ShownInbox['look']>): Launcher {
  const badge = element('i')
  const button = element('button', 'a')
  const wrapper = element('div', '', button)
  const scheme = theme === 'light' || theme === 'dark' ? theme : 'light dark'
  let symbol: Element = icon('speech')
  badge.hidden = true
  button.dataset.test = 'launcher'
  wrapper.style.cssText = `--b:${color};--o:${readableOn(color)};color-scheme:${scheme}`
  if (logoUrl) {
    const picture = (symbol = element('img'))
    picture.src = logoUrl
    // One that does not come, or that the site does not let in, leaves the symbol.
    picture.onerror = () => picture.replaceWith((symbol = icon('speech')))
  }

  return {
    wrapper,
    button,
    badge,
    show(isOpen) {
      wrapper.className = `w ${position === 'left' ? 'l' : ''} ${isOpen ? 'o' : ''}`
      button.ariaExpanded = `${isOpen}`
      button.replaceChildren(...(isOpen ? [icon('cross')] : [symbol, launcherText ?? '', badge]))
    },
    label(label) {
      // What is to be read on it is part of its name.
      button.ariaLabel = launcherText ? `${launcherText}: ${label}` : label
    },
  }
}
