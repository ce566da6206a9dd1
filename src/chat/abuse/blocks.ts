import { createHash } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import type { Staff } from '../../access/who.ts'
import type { BlockId, BlockPage, BlockQuery, CreateBlock, ShownBlock } from '../../contract/abuse.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { isFresh } from '../../platform/clock.ts'
import { rangeOf } from '../../platform/http/address.ts'
import { after, cursorOf, placeOf } from '../../platform/page-cursor.ts'
import { type BlockSet, createBlockSet, type Suspect, targetKey } from './block-set.ts'

/** How long a node goes by what it has read: another node's block counts after that. ms */
const freshMs = 1_000
/** All of them are read again so often, whatever is said about changes. ms */
const reloadMs = 60_000
/** A block that is over can be looked up for so long. s */
const rememberedS = 30 * 86_400

interface StoredBlock extends Omit<CreateBlock, 'until'> {
  _id: BlockId
  until: Date | null
  by: ShownBlock['by']
  createdAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
const newest = { createdAt: -1, _id: -1 } as const
schema.index(newest)
schema.index({ until: 1 }, { expireAfterSeconds: rememberedS })
export const blockModel = (connection: Connection) => connection.model('Block', schema, 'blocks')

export interface Blocks {
  /** As far as this node knows, which is how it was a second ago. */
  current(): Promise<BlockSet>
  /** Throws `blocked`. */
  refuse(suspect: Suspect): Promise<void>
  /** Throws `invalid_input` for a range that is none, or is too wide to be meant. */
  put(block: CreateBlock, by: Staff): Promise<ShownBlock>
  /** Newest first; those of these inboxes alone, or with none given all. Throws `invalid_input`. */
  page(query: BlockQuery, inboxes: readonly string[]): Promise<BlockPage>
  /** Throws `not_found`. */
  remove(id: string, inboxes: readonly string[]): Promise<void>
}

interface Known {
  set: BlockSet
  version: number
  askedAt: number
  loadedAt: number
}

/** All blocks are kept in memory; what is read each second is whether any has changed. */
export function createBlocks({ connection, now }: { connection: Connection; now(): number }): Blocks {
  const blocks = connection.collection<StoredBlock>('blocks')
  const changes = connection.collection<{ _id: 'blocks'; version: number }>('block_changes')
  let known: Known | null = null
  let asking: Promise<BlockSet> | null = null
  /** Changes made here: what was asked before the last of them is nobody's knowledge. */
  let made = 0

  const load = async (askedAt: number): Promise<Known> => {
    const version = (await changes.findOne({ _id: 'blocks' }))?.version ?? 0
    if (known?.version === version && isFresh(known.loadedAt, askedAt, reloadMs)) return { ...known, askedAt }
    const found = await blocks.find({ $or: [{ until: null }, { until: { $gt: new Date(askedAt) } }] }).toArray()
    const set = createBlockSet(found.map(({ until, ...rule }) => ({ ...rule, until: until?.getTime() ?? null })))
    return { set, version, askedAt, loadedAt: askedAt }
  }

  const ask = async (): Promise<BlockSet> => {
    const before = made
    const last = known
    try {
      const loaded = await load(now())
      if (made === before) known = loaded
      return loaded.set
    } catch (error) {
      // A list that is a little old is better than none.
      if (last) return last.set
      throw error
    } finally {
      asking = null
    }
  }

  const current = async (): Promise<BlockSet> => {
    if (known && isFresh(known.askedAt, now(), freshMs)) return known.set
    asking ??= ask()
    return asking
  }

  /** After the change itself: who reads the new version reads the change. */
  const changed = async () => {
    await changes.updateOne({ _id: 'blocks' }, { $inc: { version: 1 } }, { upsert: true })
    made += 1
    asking = null
    if (known) known = { ...known, askedAt: 0 }
  }

  return {
    current,
    async refuse(suspect) {
      if ((await current()).blocks(suspect, now())) throw new DeskbridgeError('blocked')
    },
    async put({ until, ...block }, by) {
      const _id = idOf(block)
      const said = {
        ...block,
        until: until === null ? null : new Date(until),
        by: { id: by.id, name: by.kind === 'agent' ? by.name : null },
        createdAt: new Date(now()),
      }
      await blocks.updateOne({ _id }, { $set: said }, { upsert: true })
      await changed()
      return shown({ _id, ...said })
    },
    async page(query, inboxes) {
      const conditions = [
        ...conditionsOf(query, inboxes),
        ...(query.cursor ? [after(placeOf(query.cursor), 'createdAt')] : []),
      ]
      const found = await blocks
        .find(conditions.length > 0 ? { $and: conditions } : {})
        .sort(newest)
        .limit(query.limit + 1)
        .toArray()
      const page = found.slice(0, query.limit)
      const last = found.length > query.limit ? page.at(-1) : undefined
      return { blocks: page.map(shown), cursor: last ? cursorOf({ at: last.createdAt, id: last._id }) : null }
    },
    async remove(id, inboxes) {
      const mine = inboxes.length > 0 ? { inbox: { $in: [...inboxes] } } : {}
      const removed = await blocks.deleteOne({ _id: { $eq: id }, ...mine })
      if (removed.deletedCount === 0) throw new DeskbridgeError('not_found')
      await changed()
    },
  }
}

/** Ranges wider than these are a slip of the hand: they would shut out whole continents. */
const shortest = { ipv4: 8, ipv6: 16 } as const

/** The same target in the same inbox is the same block. */
function idOf({ target, inbox }: Pick<CreateBlock, 'target' | 'inbox'>): BlockId {
  const range = target.kind === 'address' ? rangeOf(target.range) : null
  const key = range && range.bits < shortest[range.address.kind()] ? null : targetKey(target)
  if (key === null)
    throw new DeskbridgeError('invalid_input', {
      details: [{ path: 'target.range', problem: 'no range, or too wide' }],
    })
  return `blk_${createHash('sha256')
    .update(`${inbox ?? '*'} ${key}`)
    .digest('hex')
    .slice(0, 24)}`
}

const shown = ({ _id, until, createdAt, ...block }: StoredBlock): ShownBlock => ({
  id: _id,
  ...block,
  until: until?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})

function conditionsOf({ inbox, kind }: BlockQuery, inboxes: readonly string[]): Record<string, unknown>[] {
  return [
    ...(inboxes.length > 0 ? [{ inbox: { $in: [...inboxes] } }] : []),
    ...(inbox ? [{ inbox }] : []),
    ...(kind ? [{ 'target.kind': kind }] : []),
  ]
}
