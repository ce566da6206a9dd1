import { escapedOrBlank, escapeText } from './text.ts'
import type { Entry } from './wording.ts'

/** Characters of one message, before escaping, so that any of them fits in a post; the whole is read in the console. */
const mostOfMessage = 600

const headings = {
  whole: '_The story so far:_',
  end: '_The end of the story so far; the whole is in the console:_',
  more: '_The story so far, continued:_',
} as const

export const storyHeading = (which: keyof typeof headings): string => headings[which]

/** An entry among others, told by us. */
export function storyLine(entry: Entry): string {
  if (entry.kind === 'context') return entry.line
  const { author, internal, text } = entry
  const who = `*${escapeText(author.name)}${internal ? ' (internal note)' : ''}:*`
  return `${internal ? ':lock: ' : ''}${who} ${escapedOrBlank(shortened(text))}`
}

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length > mostOfMessage ? `${characters.slice(0, mostOfMessage).join('')} …` : text
}
