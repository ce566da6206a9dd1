/** What tells one address from another at a glance: the host, and what follows it. */
export function partsOf(url: string): { host: string; rest: string } {
  const parsed = URL.parse(url)
  if (!parsed) return { host: url, rest: '' }
  const { host, pathname, search } = parsed
  return { host, rest: pathname === '/' && search === '' ? '' : `${pathname}${search}` }
}
