import { languageOf } from '../language.ts'

/** Of each language what puts the greeting away, from the widget's own texts: clients/build.ts puts them in. */
declare const HIDE: Readonly<Record<string, string>>

export const hideIn = (language: string | undefined): string =>
  HIDE[languageOf([language, ...navigator.languages], HIDE)] ?? ''
