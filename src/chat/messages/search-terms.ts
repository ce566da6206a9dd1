/** Terms of one message, and letters of one term, that are searched for. */
const mostTerms = 400
const mostLetters = 40

const words = new Intl.Segmenter('en', { granularity: 'word' })

/** The words of a text as they are looked up: without case and accents, each once. */
export function termsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const terms = new Set<string>()
  for (const { segment, isWordLike } of words.segment(plain)) {
    if (isWordLike) terms.add(segment.slice(0, mostLetters))
    if (terms.size === mostTerms) break
  }
  return [...terms]
}
