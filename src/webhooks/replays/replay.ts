import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ShownReplay, StartReplay } from '../../contract/webhook.ts'
import { inBatches } from '../../platform/in-batches.ts'
import { dueAnew, mustBeOn } from '../deliveries/again.ts'
import { keptMs } from '../deliveries/attempts.ts'
import { begin, newDelivery, type Told } from '../deliveries/begin.ts'
import { deliveriesOf } from '../deliveries/stored.ts'
import type { Doorbell } from '../doorbell.ts'
import { endpointsOf, type StoredEndpoint } from '../endpoints/stored.ts'
import type { ChatNow } from '../events/chat-now.ts'
import { webhookTypeOf } from '../events/type-of.ts'
import { concerns } from '../fan-out/wanted.ts'
import { ownEventsOf } from '../own/stored.ts'
import { replaysOf, type StoredReplay, shown } from './stored.ts'

export interface ReplayDeps {
  connection: Connection
  chatsNow(sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, ChatNow>>
  doorbell: Doorbell
  newId(): string
  now(): number
}

/** More at once are a mistake. */
const mostRunning = 5
const batch = 200
/** A process that has not gone on for so long has died. ms */
const claimMs = 60_000

/** Throws `endpoint_off`, `too_many`. */
export async function startReplay(
  { connection, newId, now }: ReplayDeps,
  endpoint: Pick<StoredEndpoint, '_id' | 'events'>,
  { from, to, again, events = endpoint.events }: StartReplay,
): Promise<ShownReplay> {
  await mustBeOn(connection, endpoint._id)
  const replays = replaysOf(connection)
  if ((await replays.countDocuments({ endpoint: endpoint._id, state: 'running' })) >= mostRunning)
    throw new DeskbridgeError('too_many', { details: { most: mostRunning } })
  const replay: StoredReplay = {
    _id: `rep_${newId()}`,
    endpoint: endpoint._id,
    ...{ from: new Date(from), to: new Date(to), events, again, cursor: new Date(from) },
    ...{ state: 'running', count: 0, claimedUntil: 0, createdAt: new Date(now()) },
    expireAt: new Date(now() + keptMs),
  }
  await replays.insertOne(replay)
  return shown(replay)
}

/** Goes on with each that is not done, from where it was. What was written down already is not written again. */
export async function goOnReplaying(deps: ReplayDeps, signal: AbortSignal): Promise<void> {
  const replays = replaysOf(deps.connection)
  while (!signal.aborted) {
    const free = { state: 'running' as const, claimedUntil: { $lte: deps.now() } }
    const claim = { $set: { claimedUntil: deps.now() + claimMs } }
    const replay = await replays.findOneAndUpdate(free, claim, { returnDocument: 'after' })
    if (!replay) return
    const endpoint = await endpointsOf(deps.connection).findOne({ _id: replay.endpoint })
    const isDone = !endpoint?.enabled || (await bring(deps, replay, endpoint, signal))
    // Another process need not wait for the claim of one that stops.
    await replays.updateOne({ _id: replay._id }, { $set: isDone ? { state: 'done' } : { claimedUntil: 0 } })
  }
}

/** Answers whether all of it was brought: a stop does not wait for a long one. */
async function bring(
  deps: ReplayDeps,
  replay: StoredReplay,
  endpoint: StoredEndpoint,
  signal: AbortSignal,
): Promise<boolean> {
  const { connection } = deps
  const left = { at: { $gte: replay.cursor, $lt: replay.to } }
  const events = connection.collection<LogEvent>('events').find(left).sort({ at: 1 })
  for await (const some of inBatches(events, batch)) {
    const chats = await deps.chatsNow([...new Set(some.map(({ session }) => session))])
    const told = some.flatMap((event) => toldOf(event, chats.get(event.session), replay, endpoint))
    await put(deps, replay, told, some.at(-1)?.at ?? replay.cursor)
    if (signal.aborted) return false
  }
  // The cursor is that of the chats' events: where one before has died, these are still to come.
  const all = { at: { $gte: replay.from, $lt: replay.to } }
  const own = await ownEventsOf(connection).find(all).sort({ at: 1 }).toArray()
  const wanted = own.filter(({ payload, inboxes }) => concernsIt(replay, endpoint, payload.type, inboxes))
  const told = wanted.map(({ _id, at, payload }) => ({ event: _id, type: payload.type, session: null, seq: null, at }))
  await put(deps, replay, told, replay.to)
  return true
}

const concernsIt = (
  { events }: StoredReplay,
  { inboxes: only }: StoredEndpoint,
  type: Told['type'],
  inboxes: readonly string[],
): boolean => concerns({ events, inboxes: only }, { type, inboxes })

function toldOf(event: LogEvent, chat: ChatNow | undefined, replay: StoredReplay, endpoint: StoredEndpoint): Told[] {
  const type = webhookTypeOf(event)
  if (type === null || !chat || !concernsIt(replay, endpoint, type, [chat.inbox.key])) return []
  const { _id, session, seq, at } = event
  return [{ event: _id, type, session, seq, at }]
}

/** The replay's mark keeps a batch that is repeated after a crash from sending twice. */
async function put(
  { connection, doorbell, now }: ReplayDeps,
  { _id: replay, endpoint, again }: StoredReplay,
  told: readonly Told[],
  cursor: Date,
): Promise<void> {
  const deliveries = deliveriesOf(connection)
  const wanted = told.map((one) => ({ ...newDelivery(endpoint, one, now()), replay }))
  const made = await begin(deliveries, wanted)
  const ids = wanted.map(({ _id }) => _id)
  const before = { _id: { $in: ids }, waitsFor: null, replay: { $ne: replay } }
  const anew = { $set: { ...dueAnew(endpoint, now()), replay } }
  const begun = again ? (await deliveries.updateMany(before, anew)).modifiedCount : 0
  const progress = { $set: { cursor, claimedUntil: now() + claimMs }, $inc: { count: made + begun } }
  await replaysOf(connection).updateOne({ _id: replay }, progress)
  await doorbell.ring([{ kind: 'pull', endpoint }])
}
