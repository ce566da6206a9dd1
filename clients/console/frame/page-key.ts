/** What keys do on one page; the help names the first of them. */
export interface PageKey {
  keys: readonly [string, ...string[]]
  means: string
  act(): void
}
