import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { Brought, FrozenCall, Receipt, Trace } from '../port/call.ts'
import type { DestinationName } from '../port/connector.ts'
import type { Link } from './link.ts'

/** A post or comment of ours at a remote: which part of which log it carries. */
export interface Binding extends Brought {
  /** `<destination>:<remote id>`. */
  _id: string
  destination: DestinationName
  /** One call makes one remote object: a second under the same marker is its twin. */
  marker: string
  session: SessionId
  /** Of how many; older records do not say. */
  parts?: number
}

export interface Bindings {
  /** Remembers what a call left. `twins`: remote ids that are to be removed. `thread`: where the call stands that stays. */
  bind(link: Link, call: FrozenCall, receipt: Receipt): Promise<{ twins: string[]; thread: string | undefined }>
  /** The later of two, for an own object met at the remote whose call was recorded before. */
  twinOf(destination: DestinationName, marker: string, remoteId: string): Promise<string | null>
  has(destination: DestinationName, remoteId: string): Promise<boolean>
  /** What is recorded as brought of these events. */
  between(link: Link, from: Seq, to: Seq): Promise<Binding[]>
  /** Every thread that the session ever had there, with what was brought of the log up to `upTo`. */
  traces(link: Link, upTo: Seq): Promise<Trace[]>
}

const schema = new Schema(
  {
    _id: String,
    destination: String,
    remoteId: String,
    thread: String,
    marker: String,
    session: String,
    from: Number,
    to: Number,
    part: Number,
    parts: Number,
    asOf: Number,
    at: Number,
  },
  { versionKey: false },
)
schema.index({ destination: 1, marker: 1 }, { unique: true })
schema.index({ session: 1 })

export const bindingModel = (connection: Connection) => connection.model('Binding', schema, 'bindings')

export const bindingsOf = (connection: Connection) => connection.collection<Binding>('bindings')

export function createBindings(connection: Connection, now: () => number): Bindings {
  const bindings = bindingsOf(connection)

  /** Another object under the same marker, which was bound before. */
  const firstBefore = async (destination: DestinationName, marker: string, remoteId: string) => {
    const first = await bindings.findOne({ destination, marker })
    return first && first.remoteId !== remoteId ? first : null
  }

  return {
    async twinOf(destination, marker, remoteId) {
      const first = await firstBefore(destination, marker, remoteId)
      return first && laterOf(first.remoteId, remoteId)
    },
    async bind(link, call, { remoteIds, remote: { thread } }) {
      const twins: string[] = []
      let kept = thread
      for (const remoteId of remoteIds) {
        const { from, to, part, parts, marker, asOf } = call
        const { destination, session } = link
        const where = { destination, remoteId, ...(thread !== undefined && { thread }) }
        const carries = { marker, session, from, to, part, parts, ...(asOf !== undefined && { asOf }), at: now() }
        const binding = { _id: `${destination}:${remoteId}`, ...where, ...carries }
        if (await bindings.insertOne(binding).then(() => true, expectDuplicate)) continue
        const first = await firstBefore(destination, marker, remoteId)
        if (!first) continue
        // Of a thread's root the first that is known stays, or two workers could each take the other's away.
        const opensOnly = to < from
        twins.push(opensOnly ? remoteId : laterOf(first.remoteId, remoteId))
        if (opensOnly) kept = first.thread ?? kept
      }
      return { twins, thread: kept }
    },
    async has(destination, remoteId) {
      return (await bindings.findOne({ _id: `${destination}:${remoteId}` })) !== null
    },
    async between({ session, destination }, from, to) {
      const ours = await bindings.find({ session, destination }).toArray()
      return ours.filter((binding) => binding.from <= to && binding.to >= Math.max(from, binding.from))
    },
    async traces({ session, destination, remote }, upTo) {
      const ours = await bindings.find({ session, destination }).sort({ from: 1, part: 1 }).toArray()
      const threads = new Map<string, string[]>(remote.thread === undefined ? [] : [[remote.thread, []]])
      for (const { thread = remote.thread, remoteId, ...call } of ours) {
        if (thread === undefined) continue
        const known = threads.get(thread) ?? []
        threads.set(thread, isAbout(call, upTo) ? [...known, remoteId] : known)
      }
      return [...threads].map(([thread, remoteIds]) => ({ session, thread, remoteIds }))
    },
  }
}

/** Whether a call may say something of the log up to there: one that covers nothing tells of what lies before it. */
export const isAbout = ({ from, to }: Pick<FrozenCall, 'from' | 'to'>, upTo: Seq): boolean => Math.min(from, to) <= upTo

function expectDuplicate(error: unknown): false {
  if (isDuplicateKey(error)) return false
  throw error
}

/** Remote ids grow with time; a longer number is a later one. */
const laterOf = (a: string, b: string): string => {
  if (a.length !== b.length) return a.length > b.length ? a : b
  return a > b ? a : b
}
