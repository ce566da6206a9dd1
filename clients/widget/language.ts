/** `wanted`: BCP 47, the best first. What follows the language itself, such as a country, is passed over. */
export const languageOf = (wanted: readonly (string | undefined)[], known: object): string =>
  wanted.map((one) => (one ?? '').toLowerCase().split(/[-_]/)[0] ?? '').find((one) => Object.hasOwn(known, one)) ?? 'en'
