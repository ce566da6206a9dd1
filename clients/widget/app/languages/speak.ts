import { languageOf } from '../../language.ts'
import { en, type Texts } from './en.ts'
import { others } from './spoken.ts'

const rightToLeft = ['ar', 'he']
const isOther = (code: string): code is keyof typeof others => Object.hasOwn(others, code)

export interface Spoken {
  language: string
  /** The same with the country, where somebody says which: for dates. */
  locale: string
  texts: Texts
}

function localeIn(wanted: readonly (string | undefined)[], language: string): string {
  const named = wanted.find((one) => one?.toLowerCase().startsWith(`${language}-`))
  try {
    return Intl.getCanonicalLocales(named)[0] ?? language
  } catch {
    return language
  }
}

/** The first of these that the widget speaks. One that does not come over the network is English. */
export async function spokenFor(wanted: readonly (string | undefined)[]): Promise<Spoken> {
  const language = languageOf(wanted, { en, ...others })
  const texts = isOther(language) ? await others[language]().catch(() => null) : en
  const spoken = texts ? { language, texts } : { language: 'en', texts: en }
  return { ...spoken, locale: localeIn(wanted, spoken.language) }
}

/** For the browser: hyphens, dates, voices, and from where lines begin. */
export function markLanguage(page: HTMLElement, { language, locale }: Spoken): void {
  page.lang = locale
  page.dir = rightToLeft.includes(language) ? 'rtl' : 'ltr'
}
