/** Slack's three special characters; escaping them also takes the effect out of `<!channel>`, `<@U…>` and disguised links. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Characters of one post after escaping; Slack advises no more and cuts at 40,000. */
export const postLength = 4_000

/** Slack takes no post of white space alone. */
const blank = '(blank)'

export const escapedOrBlank = (text: string): string => (text.trim() === '' ? blank : escapeText(text))

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Cuts a text so that no part is longer than `most` after escaping; joined, the parts are the text. Cuts after white space where it can, never inside a character. */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = []
  let start = 0
  let size = 0
  let gap = 0
  for (const { piece, at } of pieces(text, most)) {
    const length = escapeText(piece).length
    while (size + length > most) {
      const cut = gap > start ? gap : at
      parts.push(text.slice(start, cut))
      start = cut
      size = escapeText(text.slice(cut, at)).length
    }
    size += length
    if (piece.trim() === '') gap = at + piece.length
  }
  parts.push(text.slice(start))
  return parts
}

/** What is not cut: what a reader sees as one character, unless it alone is too long. */
function* pieces(text: string, most: number): Generator<{ piece: string; at: number }> {
  for (const { segment, index } of graphemes.segment(text)) {
    if (escapeText(segment).length <= most) {
      yield { piece: segment, at: index }
      continue
    }
    let at = index
    for (const piece of segment) {
      yield { piece, at }
      at += piece.length
    }
  }
}

/** One line of at most `most` characters. */
export function oneLine(text: string, most: number): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim())
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}
