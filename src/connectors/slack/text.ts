/** The length of a message's text that Slack shows well. */
export const mostText = 4_000

/** Neutralises every control sequence of Slack's, in the only order that does: no mention, link or channel can be forged. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Escaped parts of at most `most` characters, cut between what a reader sees as characters; joined they are the whole. */
export function escapedParts(text: string, most = mostText): string[] {
  const whole = escapeText(text)
  if (whole.length <= most) return [whole]
  const parts: string[] = []
  let part = ''
  for (const { segment } of graphemes.segment(text)) {
    for (const piece of piecesOf(escapeText(segment), most)) {
      if (part.length + piece.length > most) {
        parts.push(part)
        part = ''
      }
      part += piece
    }
  }
  return [...parts, part]
}

/** A letter can carry thousands of marks: such a one is cut between code points after all. */
function piecesOf(segment: string, most: number): string[] {
  return segment.length <= most ? [segment] : Array.from(segment)
}

/** A name that is shown as plain text, without line breaks. */
export const plainName = (name: string): string => name.replaceAll(/\s+/g, ' ').slice(0, 80)

export interface Names {
  user(id: string): Promise<string>
}

const control = /<([^<>]*)>/g

/** What a person wrote in Slack, as plain text: mentions by name, links with their address, entities as characters. */
export async function plainText(text: string, names: Names): Promise<string> {
  const found = [...text.matchAll(control)].map((match) => match[1] ?? '')
  const shown = new Map<string, string>()
  for (const inner of new Set(found)) shown.set(inner, await showControl(inner, names))
  return unescape(text.replaceAll(control, (_, inner: string) => shown.get(inner) ?? ''))
}

async function showControl(inner: string, names: Names): Promise<string> {
  const [target = '', label] = inner.split('|', 2)
  if (target.startsWith('@')) return `@${label || (await names.user(target.slice(1)))}`
  if (target.startsWith('#')) return `#${label || target.slice(1)}`
  if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`
  const address = target.replace(/^mailto:/, '')
  return !label || label === address ? address : `${label} (${address})`
}

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
