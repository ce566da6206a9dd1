import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { type ChangeInbox, Inbox, type VersionedInbox } from '../../contract/inbox.ts'
import { isFresh } from '../../platform/clock.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'

const defaultInboxKey = 'default'

/** How long a node goes by what it has read: another node's change is seen after that. ms */
const freshMs = 1_000

/** `changes`: how many there were; an inbox that never was changed has none. */
type Stored = Omit<Inbox, 'key'> & { _id: string; changes?: number }

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const inboxModel = (connection: Connection) => connection.model('Inbox', schema, 'inboxes')

export interface Inboxes {
  find(key: string): Promise<VersionedInbox | null>
  /** The one with this key, or the default one. Throws `not_found`. */
  get(key: string | undefined): Promise<VersionedInbox>
  /** The same, if it takes new chats. */
  open(key: string | undefined): Promise<VersionedInbox>
  list(): Promise<VersionedInbox[]>
  /** Throws `already_exists`. */
  create(inbox: Inbox): Promise<VersionedInbox>
  /** Throws `not_found`, `version_conflict`. */
  change(key: string, change: ChangeInbox): Promise<VersionedInbox>
  /** Makes those of the configuration that are not there yet. */
  seed(inboxes: readonly Inbox[]): Promise<void>
}

/** What was stored before a setting came to be has its default; what a newer node stored is none of ours. */
const Readable = Inbox.strip()
const read = ({ _id: key, changes = 0, ...rest }: Stored): VersionedInbox => ({
  ...Readable.parse({ ...rest, key }),
  version: changes + 1,
})

export function createInboxes(deps: { connection: Connection; now(): number }): Inboxes {
  const inboxes = deps.connection.collection<Stored>('inboxes')
  let known: { at: number; all: Promise<VersionedInbox[]> } | null = null

  const list = (): Promise<VersionedInbox[]> => {
    if (known && isFresh(known.at, deps.now(), freshMs)) return known.all
    const all = inboxes
      .find()
      .sort({ _id: 1 })
      .toArray()
      .then((found) => found.map(read))
    known = { at: deps.now(), all }
    // A failed read is nobody's knowledge.
    all.catch(() => (known = null))
    return all
  }

  const find = async (key: string): Promise<VersionedInbox | null> =>
    (await list()).find((one) => one.key === key) ?? null

  const get = async (key: string | undefined): Promise<VersionedInbox> => {
    const inbox = await find(key ?? defaultInboxKey)
    if (!inbox) throw notFound(key)
    return inbox
  }

  const insert = async ({ key, ...inbox }: Inbox): Promise<boolean> => {
    const isMade = await inboxes.insertOne({ _id: key, ...inbox }).then(
      () => true,
      (error: unknown) => {
        if (isDuplicateKey(error)) return false
        throw error
      },
    )
    known = null
    return isMade
  }

  return {
    find,
    get,
    list,
    async open(key) {
      const inbox = await get(key)
      if (!inbox.enabled) throw notFound(key)
      return inbox
    },
    async create(inbox) {
      if (!(await insert(inbox))) throw new DeskbridgeError('already_exists', { details: { key: inbox.key } })
      return { ...inbox, version: 1 }
    },
    async change(key, { version, ...change }) {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      known = null
      await get(key)
      const asRead = version !== undefined && { changes: version === 1 ? { $exists: false } : version - 1 }
      if (Object.keys(set).length > 0) {
        const { matchedCount } = await inboxes.updateOne({ _id: key, ...asRead }, { $set: set, $inc: { changes: 1 } })
        known = null
        if (matchedCount === 0) throw conflict(await get(key))
      }
      return get(key)
    },
    async seed(wanted) {
      for (const inbox of wanted) await insert(inbox)
    },
  }
}

const notFound = (key = defaultInboxKey) =>
  new DeskbridgeError('not_found', { message: `There is no inbox with the key '${key}'.` })

const conflict = ({ version }: VersionedInbox) => new DeskbridgeError('version_conflict', { details: { version } })
