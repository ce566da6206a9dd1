/** WCAG's relative luminance of a colour such as #1f6feb, from 0 to 1. */
export function luminance(color: string): number {
  const number = Number.parseInt(color.slice(1), 16)
  return 0.2126 * linear(number >> 16) + 0.7152 * linear(number >> 8) + 0.0722 * linear(number)
}

/** Of the lowest eight bits. */
function linear(bits: number): number {
  const part = (bits & 255) / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** White and black are equally far from it. */
const middle = 0.179

/** Of white and black what can be read on a colour, at 4.5:1 and more on every one. */
export const readableOn = (color: string): string => (luminance(color) > middle ? '#000' : '#fff')
