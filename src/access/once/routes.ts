/**
 * What a repeat of a POST does. `keyed`: its effect is an event in a chat's log, under a key that is the same on each try,
 * so that it can be done again after a crash and happens once. `once`: nothing tells whether it was done before a crash.
 * `reads`: it changes nothing or the same thing again, and its answer is what is kept of a person. `streams`: its body is
 * too large to be compared.
 */
export type RouteKind = 'keyed' | 'once' | 'reads' | 'streams'

const kinds: readonly [RegExp, RouteKind][] = [
  [/^\/api\/chat\/sessions$/, 'keyed'],
  [/^\/api\/chat\/sessions\/[^/]+\/(messages|close)$/, 'keyed'],
  [/^\/api\/chat\/canned\/[^/]+\/render$/, 'reads'],
  [/^\/api\/admin\/privacy\//, 'reads'],
  [/^\/api\/chat\/upload$/, 'streams'],
]

export const kindOf = (path: string): RouteKind => kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'once'
