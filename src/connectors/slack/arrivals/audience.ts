import type { SlackSettings } from '../../../contract/slack-settings.ts'
import { escapeText } from '../words/text.ts'

export type AudienceRules = Pick<SlackSettings, 'notePrefix' | 'send' | 'sendPrefix'>

/** A lock in front of a text is our own sign of a note. */
const locks = [':lock:', '🔒']

interface Audience {
  text: string
  internal: boolean
  /** By its author, with the sign of a note. */
  marked?: true
}

/** Whom a reply is for, and what is left of it for them. `text`: as Slack pushes it. */
export function audienceOf(text: string, rules: AudienceRules): Audience {
  const note = after(text, [escapeText(rules.notePrefix), ...locks])
  if (note !== null) return { text: note, internal: true, marked: true }
  if (rules.send === 'all') return { text, internal: false }
  const sent = after(text, [escapeText(rules.sendPrefix)])
  return sent === null ? { text, internal: true } : { text: sent, internal: false }
}

/** What follows one of these; null: it begins with none. */
function after(text: string, prefixes: readonly string[]): string | null {
  const said = text.trimStart()
  const prefix = prefixes.find((candidate) => said.startsWith(candidate))
  return prefix === undefined ? null : said.slice(prefix.length).trimStart()
}
