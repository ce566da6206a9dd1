import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { en, type Texts } from './languages/en.ts'

export type Say = (key: keyof Texts, values?: Readonly<Record<string, string | number>>) => string

/** What a text says with its `{names}` filled in. */
export const sayIn =
  (texts: Texts): Say =>
  (key, values = {}) =>
    texts[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

const Language = createContext<Say>(sayIn(en))
export const SpokenIn = Language.Provider
export const useSay = (): Say => useContext(Language)
