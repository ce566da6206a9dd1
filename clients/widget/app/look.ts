import type { Inbox } from '../../../src/contract/inbox.ts'
import { luminance, readableOn } from '../contrast.ts'

type Look = Pick<Inbox['look'], 'color' | 'theme'>

/** What is behind words and lines: look/base.css, `--page` and `--soft`. */
export const grounds = { light: ['#ffffff', '#f1f4f9'], dark: ['#12161f', '#1e2532'] } as const

/** WCAG's contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
const steps = 24

/** `color` as it is, or with as little of black or white as makes it readable on every one of `behind`, at 4.5:1. */
export function readableTone(color: string, behind: readonly string[]): string {
  const isDark = luminance(behind[0] ?? '#ffffff') < 0.5
  const end = isDark ? 255 : 0
  for (let step = 0; step < steps; step += 1) {
    const mixed = channels(color).map((part) => Math.round(part + ((end - part) * step) / steps))
    const tone = `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
    if (behind.every((one) => contrast(tone, one) >= 4.5)) return tone
  }
  return isDark ? '#ffffff' : '#000000'
}

/** The colours of an inbox; what is no colour yet changes nothing. */
export function applyLook(page: HTMLElement, { color, theme }: Look): void {
  page.style.colorScheme = theme === 'auto' ? 'light dark' : theme
  if (!/^#[0-9a-f]{6}$/i.test(color)) return
  page.style.setProperty('--brand', color)
  page.style.setProperty('--on-brand', readableOn(color))
  const accents = [grounds.light, grounds.dark].map((behind) => readableTone(color, behind))
  page.style.setProperty('--accent', `light-dark(${accents.join(', ')})`)
}
