import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { type ChangeInbox, Inbox } from '../../contract/inbox.ts'
import { isFresh } from '../../platform/clock.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'

const defaultInboxKey = 'default'

/** How long a node goes by what it has read: another node's change is seen after that. ms */
const freshMs = 1_000

type Stored = Omit<Inbox, 'key'> & { _id: string }

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const inboxModel = (connection: Connection) => connection.model('Inbox', schema, 'inboxes')

export interface Inboxes {
  find(key: string): Promise<Inbox | null>
  /** The one with this key, or the default one. Throws `not_found`. */
  get(key: string | undefined): Promise<Inbox>
  /** The same, if it takes new chats. */
  open(key: string | undefined): Promise<Inbox>
  list(): Promise<Inbox[]>
  /** Throws `already_exists`. */
  create(inbox: Inbox): Promise<Inbox>
  /** Throws `not_found`. */
  change(key: string, change: ChangeInbox): Promise<Inbox>
  /** Makes those of the configuration that are not there yet. */
  seed(inboxes: readonly Inbox[]): Promise<void>
}

/** What was stored before a setting came to be has its default; what a newer node stored is none of ours. */
const Readable = Inbox.strip()
const read = ({ _id: key, ...rest }: Stored): Inbox => Readable.parse({ ...rest, key })

export function createInboxes(deps: { connection: Connection; now(): number }): Inboxes {
  const inboxes = deps.connection.collection<Stored>('inboxes')
  let known: { at: number; all: Promise<Inbox[]> } | null = null

  const list = (): Promise<Inbox[]> => {
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

  const find = async (key: string): Promise<Inbox | null> => (await list()).find((one) => one.key === key) ?? null

  const get = async (key: string | undefined): Promise<Inbox> => {
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
      return inbox
    },
    async change(key, change) {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      known = null
      await get(key)
      if (Object.keys(set).length > 0) await inboxes.updateOne({ _id: key }, { $set: set })
      known = null
      return get(key)
    },
    async seed(wanted) {
      for (const inbox of wanted) await insert(inbox)
    },
  }
}

const notFound = (key = defaultInboxKey) =>
  new DeskbridgeError('not_found', { message: `There is no inbox with the key '${key}'.` })
