import { languageOf } from '../language.ts'

/** Of each language what the button says until the frame speaks, from the widget's own texts: clients/build.ts puts them in. */
declare const OPEN_CHAT: Readonly<Record<string, string>>

export const openChatIn = (language: string | undefined): string =>
  OPEN_CHAT[languageOf([language, ...navigator.languages], OPEN_CHAT)] ?? ''
