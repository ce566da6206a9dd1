import { en, type Texts } from './en.ts'
import { others } from './spoken.ts'

const loaded = Object.entries(others).map(async ([code, load]): Promise<[string, Texts]> => [code, await load()])

/** All at once, for who builds and tests the widget. */
export const languages: Readonly<Record<string, Texts>> = { en, ...Object.fromEntries(await Promise.all(loaded)) }
