import type { FileRef } from './event.ts'

/** A file is shown as a picture or named with a link: there is no choice about it. */
export const messageTypeOf = ({ type }: Pick<FileRef, 'type'>): 'image' | 'file' =>
  type.startsWith('image/') ? 'image' : 'file'

const units = ['B', 'kB', 'MB', 'GB']

/** Bytes as people say it: `1.2 MB`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const count = bytes / 1_000 ** power
  return `${power === 0 || count >= 100 ? Math.round(count) : Math.round(count * 10) / 10} ${units[power]}`
}

/** A message with a file where only text can stand: the caption, then the file's name, size and link. */
export const fileText = (caption: string, file: Pick<FileRef, 'name' | 'size'>, url: string): string =>
  `${caption === '' ? '' : `${caption}\n`}${file.name} (${sizeText(file.size)}): ${url}`
