const known: readonly [beginning: string, words: string][] = [
  ['Too small: expected string', 'This cannot be empty.'],
  ['Too small: expected array', 'Choose at least one.'],
  ['Too small: expected number', 'This number is too small.'],
  ['Too big: expected string', 'This is too long.'],
  ['Too big: expected array', 'There are too many.'],
  ['Too big: expected number', 'This number is too large.'],
  ['Invalid email', 'This is not an email address.'],
  ['Invalid URL', 'This is not an address that begins with https://.'],
  ['Invalid input', 'This is missing or has the wrong form.'],
  ['Invalid ISO', 'This is not a date.'],
]

/** A fault as the API names it, for whoever typed it. Ours read well already, and become a sentence. */
export function wordsFor(problem: string): string {
  return sentenceOf(known.find(([beginning]) => problem.startsWith(beginning))?.[1] ?? problem)
}

export function sentenceOf(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
