/** What a text is made of: words as they are, and what can be opened. */
export type Part = string | { href: string; text: string }

const candidates = /(?:https?:\/\/|www\.|mailto:)[^\s<>"]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi
const safe = new Set(['http:', 'https:', 'mailto:'])

/** The parts in a row are the text. A link leads nowhere but to a page or a mail. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(candidates)) {
    const shown = withoutPunctuation(found)
    const href = hrefOf(shown)
    if (!href) continue
    if (index > done) parts.push(text.slice(done, index))
    parts.push({ href, text: shown })
    done = index + shown.length
  }
  if (done < text.length) parts.push(text.slice(done))
  return parts
}

/** What ends the sentence is not the address's; a bracket is if it was opened in it. */
function withoutPunctuation(address: string): string {
  let end = address.length
  for (let last = address[end - 1]; last; last = address[end - 1]) {
    const isOwnBracket =
      last === ')' && address.slice(0, end).split('(').length >= address.slice(0, end).split(')').length
    if (!/[.,;:!?'’”)\]}…*]/.test(last) || isOwnBracket) break
    end -= 1
  }
  return address.slice(0, end)
}

function hrefOf(address: string): string | null {
  const whole = /^(?:https?:|mailto:)/i.test(address)
    ? address
    : `${address.includes('@') && !/^www\./i.test(address) ? 'mailto:' : 'https://'}${address}`
  const url = URL.canParse(whole) ? new URL(whole) : null
  return url && safe.has(url.protocol) ? url.href : null
}

const pictograms = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\s]|\u200d|\ufe0f)+$/u
/** Code points; one pictogram may be seven of them. */
const mostPictograms = 24

/** Nothing but a few pictograms. */
export const isEmojiOnly = (text: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) &&
  pictograms.test(text) &&
  Array.from(text).length <= mostPictograms
