/** A tag as the service takes it: lower case, without accents, and whatever else holds its words together is a dash. Empty: nothing is left. */
export const labelOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 50)
    .replace(/-+$/, '')
