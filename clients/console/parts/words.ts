/** With those in `typed`, which commas part, each once. */
export function addWords(words: readonly string[], typed: string): string[] {
  const added = typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  return [...new Set([...words, ...added])]
}
