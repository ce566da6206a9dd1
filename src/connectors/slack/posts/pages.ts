import { escapeText, postLength, splitText } from '../words/text.ts'
import { type Entry, noteHeading, postText } from '../words/wording.ts'

/** A heading stands above a note. */
export const roomIn = (entry: Entry): number =>
  entry.kind === 'message' && entry.internal ? postLength - noteHeading.length - 1 : postLength

export const withText = (entry: Entry, text: string): Entry => (entry.kind === 'message' ? { ...entry, text } : entry)

export const lengthOf = (entry: Entry): number =>
  (entry.kind === 'message' ? escapeText(entry.text) : entry.line).length

/** What stands in each of the posts that entries of one voice take, as few as they are. */
export function pagesOf(entries: readonly Entry[]): string[] {
  const pages: Entry[][] = []
  let length = 0
  for (const piece of entries.flatMap(piecesOf)) {
    length += 1 + lengthOf(piece)
    const page = pages.at(-1)
    if (page && length <= roomIn(piece)) page.push(piece)
    else {
      pages.push([piece])
      length = lengthOf(piece)
    }
  }
  return pages.map(postText)
}

export const piecesOf = (entry: Entry): Entry[] =>
  entry.kind === 'message' ? splitText(entry.text, roomIn(entry)).map((text) => withText(entry, text)) : [entry]
