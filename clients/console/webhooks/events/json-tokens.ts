/** A piece of JSON as it is shown. `mark`: brackets, commas and the room between. */
export interface Token {
  kind: 'name' | 'text' | 'number' | 'word' | 'mark'
  text: string
}

const mark = (text: string): Token => ({ kind: 'mark', text })

/** The same text as `JSON.stringify` with two spaces, in pieces. */
export function jsonTokens(value: unknown, indent = ''): Token[] {
  if (Array.isArray(value)) return listed(['[', ']'], indent, value, (one, inside) => jsonTokens(one ?? null, inside))
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    return listed(['{', '}'], indent, fields, ([name, field], inside) => [
      { kind: 'name', text: JSON.stringify(name) },
      mark(': '),
      ...jsonTokens(field, inside),
    ])
  }
  if (typeof value === 'string') return [{ kind: 'text', text: JSON.stringify(value) }]
  return [{ kind: typeof value === 'number' ? 'number' : 'word', text: JSON.stringify(value) ?? 'null' }]
}

function listed<T>(
  [open, close]: readonly [string, string],
  indent: string,
  items: readonly T[],
  tokensOf: (item: T, inside: string) => Token[],
): Token[] {
  if (items.length === 0) return [mark(`${open}${close}`)]
  const inside = `${indent}  `
  const lines = items.flatMap((item, index) => [
    mark(`${index === 0 ? open : ','}\n${inside}`),
    ...tokensOf(item, inside),
  ])
  return [...lines, mark(`\n${indent}${close}`)]
}
