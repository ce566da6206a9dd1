import { type Connection, Schema } from 'mongoose'
import type { Staff } from '../../access/who.ts'
import type { CannedAuthor, CreateCanned, ShownCanned } from '../../contract/canned.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { CannedId } from '../../contract/ids.ts'
import { readTemplate } from '../../contract/template.ts'
import { termsOf } from '../messages/search-terms.ts'

/** Responses of one inbox, and of those that are for all. */
export const mostResponses = 1_000

export interface StoredCanned extends CreateCanned {
  _id: CannedId
  /** Which shortcut it has claimed: `<inbox>/<shortcut in lower case>`. */
  claim: string | null
  shortcutKey: string | null
  /** By which lists are sorted. */
  nameKey: string
  terms: string[]
  version: number
  createdAt: Date
  createdBy: CannedAuthor
  updatedAt: Date
  updatedBy: CannedAuthor
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ nameKey: 1, _id: 1 })
schema.index({ inbox: 1, nameKey: 1, _id: 1 })
schema.index({ tags: 1 })
schema.index({ terms: 1 })

export const cannedModel = (connection: Connection) => connection.model('CannedResponse', schema, 'canned_responses')
export const responsesOf = (connection: Connection) => connection.collection<StoredCanned>('canned_responses')
export type Responses = ReturnType<typeof responsesOf>

/** What is found by, made of what was written. */
export function derived({ inbox, name, shortcut, text, category, tags }: CreateCanned) {
  const shortcutKey = shortcut?.toLowerCase() ?? null
  return {
    claim: shortcutKey === null ? null : `${inbox ?? '*'}/${shortcutKey}`,
    shortcutKey,
    nameKey: name.toLowerCase(),
    terms: termsOf([name, shortcut, category, ...tags, text].filter(Boolean).join('\n')),
  }
}

export const shown = (stored: StoredCanned): ShownCanned => {
  const { _id: id, claim: _c, shortcutKey: _s, nameKey: _n, terms: _t, createdAt, updatedAt, ...rest } = stored
  return { id, ...rest, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

/** Text that is no id is an id of nothing. */
export function cannedIdOf(text: string): CannedId {
  const id = CannedId.safeParse(text)
  if (!id.success) throw new DeskbridgeError('not_found')
  return id.data
}

/** Throws `invalid_input` with the position of each variable that cannot be put in. */
export function checkTemplate(text: string): void {
  const { problems } = readTemplate(text)
  if (problems.length === 0) return
  throw new DeskbridgeError('invalid_input', { details: problems.map((one) => ({ path: 'text', ...one })) })
}

/** Whoever is limited to inboxes reads what is for all of them, and writes their own alone. */
export function mayWrite({ inboxes: own }: Staff, inbox: string | null): void {
  if (own.length === 0) return
  if (inbox === null) throw new DeskbridgeError('forbidden')
  if (!own.includes(inbox)) throw new DeskbridgeError('not_found')
}

export const authorOf = (staff: Staff): CannedAuthor =>
  staff.kind === 'agent'
    ? { kind: 'agent', id: staff.id, name: staff.name }
    : { kind: 'admin', id: staff.id, name: null }
