import { z } from 'zod'
import type { CannedPage, CannedQuery } from '../../contract/canned.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { CannedId } from '../../contract/ids.ts'
import { termsOf } from '../messages/search-terms.ts'
import { type Responses, type StoredCanned, shown } from './stored.ts'

/** Inboxes that somebody is limited to see; none: no limit. */
type Within = readonly string[]

/** Throws `not_found`. */
export async function getCanned(responses: Responses, id: CannedId, within: Within): Promise<StoredCanned> {
  const found = await responses.findOne({ _id: id })
  const isTheirs = found && (within.length === 0 || found.inbox === null || within.includes(found.inbox))
  if (!isTheirs) throw new DeskbridgeError('not_found')
  return found
}

const Cursor = z.tuple([z.string(), CannedId])

/** By name; a page begins after the last of the page before it. `isActive` undefined: switched on or off. */
export async function findCanned(
  responses: Responses,
  query: CannedQuery & { isActive?: boolean | undefined },
  within: Within,
): Promise<CannedPage> {
  const conditions = [...conditionsOf(query, within), ...(query.cursor ? [after(query.cursor)] : [])]
  const found = await responses
    .find(conditions.length > 0 ? { $and: conditions } : {})
    .sort({ nameKey: 1, _id: 1 })
    .limit(query.limit + 1)
    .toArray()
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1) : undefined
  return {
    responses: page.map(shown),
    cursor: last ? Buffer.from(JSON.stringify([last.nameKey, last._id])).toString('base64url') : null,
  }
}

function conditionsOf(query: CannedQuery & { isActive?: boolean | undefined }, within: Within): object[] {
  const { q, inbox, category, tags, shortcut, isActive } = query
  return [
    within.length > 0 && { inbox: { $in: [null, ...within] } },
    inbox !== undefined && { inbox: { $in: [null, inbox] } },
    category !== undefined && { category },
    tags !== undefined && { $and: tags.map((tag) => ({ tags: tag })) },
    shortcut !== undefined && { shortcutKey: shortcut.toLowerCase() },
    isActive !== undefined && { isActive },
    ...(q === undefined ? [] : termsOf(q).map(holding)),
  ].filter((condition) => typeof condition === 'object')
}

/** A word, or for the last one what begins like it: of one and the same term, hence `$elemMatch`. */
const holding = (word: string, index: number, all: readonly string[]) =>
  index === all.length - 1 ? { terms: { $elemMatch: { $gte: word, $lt: `${word}\u{10ffff}` } } } : { terms: word }

function after(text: string) {
  try {
    const [nameKey, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { $or: [{ nameKey: { $gt: nameKey } }, { nameKey, _id: { $gt: id } }] }
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { details: [{ path: 'cursor', problem: 'not of this list' }], cause })
  }
}
