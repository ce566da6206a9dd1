import type { Inbox, ShownInbox } from '../../../src/contract/inbox.ts'

const dark = '#111827'
const light = '#ffffff'

/** Of the two, what can be read on a colour: WCAG's contrast. */
export function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  )
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= 4.5 ? light : dark
}

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)

/** The colours of an inbox; what is no colour yet changes nothing. */
export function applyLook(page: HTMLElement, { color, theme }: Pick<Inbox['look'], 'color' | 'theme'>): void {
  page.style.colorScheme = theme === 'auto' ? 'light dark' : theme
  if (!/^#[0-9a-f]{6}$/i.test(color)) return
  page.style.setProperty('--brand', color)
  page.style.setProperty('--on-brand', readableOn(color))
}

/** Without an answer the chat looks as it does by itself, and works. */
export async function askForLook(page: HTMLElement, inbox: string): Promise<void> {
  const response = await fetch(`/api/chat/inboxes/${encodeURIComponent(inbox)}`).catch(() => null)
  const shown = response?.ok ? ((await response.json()) as ShownInbox) : null
  if (shown) applyLook(page, shown.look)
}
