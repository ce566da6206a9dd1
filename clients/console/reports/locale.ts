/** A browser may name a language that `Intl` refuses. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

/** Whose digits and days whoever looks is used to; the words are English all the same. */
export const localeOf = (languages: readonly string[]): string => languages.find(isLocale) ?? 'en'

export const locale = localeOf(navigator.languages)
