import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Place } from '../../contract/privacy.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ChatDeps } from '../chat.ts'
import type { ErasedChat, Eraser } from './eraser.ts'
import { type Erasure, erasuresOf, expiryOf } from './erasures.ts'

/** Empties what waits to go out and answers how far the destinations are, which pass the erasure in the log's order. */
export type EraseThere = (erasure: { session: SessionId; seq: Seq; upTo: Seq; at: Date }) => Promise<Place[]>

export interface EraseDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  erasers: readonly Eraser[]
  eraseThere: EraseThere
  logger: Logger
  /** The wait after a first look that found something pending. ms */
  everyMs: number
}

const most = 50
const mostDoublings = 6

/** Goes on with erasures that are due. Each step may be repeated, by two at once as well. */
export async function goOnErasing(deps: EraseDeps): Promise<void> {
  const due = await erasuresOf(deps.connection).find(isDue(deps)).sort({ nextAt: 1 }).limit(most).toArray()
  for (const { _id } of due) {
    const erasure = await claim(deps, _id)
    if (erasure) await goOn(deps, erasure)
  }
}

/** Later than any wait: a clock that went wrong wrote it. */
const isDue = ({ now, everyMs }: EraseDeps) => ({
  state: 'pending' as const,
  $or: [
    { nextAt: { $lte: new Date(now()) } },
    { nextAt: { $gt: new Date(now() + everyMs * 2 ** (mostDoublings + 1)) } },
  ],
})

/** For so many rounds it is left to the process that works on it: another one would not count what that one removed. */
const claimedRounds = 10

const claimedUntil = (deps: EraseDeps) => new Date(deps.now() + claimedRounds * deps.everyMs)

const claim = (deps: EraseDeps, _id: string): Promise<Erasure | null> =>
  erasuresOf(deps.connection).findOneAndUpdate(
    { _id, ...isDue(deps) },
    { $set: { nextAt: claimedUntil(deps) } },
    { returnDocument: 'after' },
  )

async function goOn(deps: EraseDeps, erasure: Erasure): Promise<void> {
  const after = await eraseChat(deps, erasure).catch((error: unknown) => {
    deps.logger.error({ err: error, erasure: erasure._id }, 'erasing interrupted')
    return null
  })
  const places = after ? [...after.copies, ...after.destinations] : []
  const done = after !== null && places.every((place) => place.state === 'done')
  const waitMs = deps.everyMs * 2 ** Math.min(erasure.tries, mostDoublings)
  const state = done
    ? { state: 'done' as const, expireAt: expiryOf(erasure, deps.now()) }
    : { nextAt: new Date(deps.now() + waitMs), tries: erasure.tries + 1 }
  // One that another process has finished meanwhile stays finished.
  await erasuresOf(deps.connection).updateOne({ _id: erasure._id, state: 'pending' }, { $set: { ...after, ...state } })
}

/** The event first: from it on, whatever is folded or projected again comes out erased. */
async function eraseChat(deps: EraseDeps, erasure: Erasure): Promise<Pick<Erasure, 'copies' | 'destinations'>> {
  const { session, visitor, at } = erasure
  const { seq, upTo } = await appendErased(deps, erasure)
  const chat: ErasedChat = { session, visitor, upTo, at }
  const redact: Eraser = { name: 'log', erase: () => deps.log.redact(session, upTo) }
  const log = await emptied(deps, redact, chat, erasure)
  const copies: Place[] = [{ ...log, count: log.state === 'done' ? upTo : 0 }]
  for (const eraser of deps.erasers) copies.push(await emptied(deps, eraser, chat, erasure))
  return { copies, destinations: await deps.eraseThere({ session, seq, upTo, at }) }
}

async function appendErased(deps: EraseDeps, erasure: Erasure): Promise<{ seq: Seq; upTo: Seq }> {
  const { session, reason, request } = erasure
  const upTo = erasure.upTo ?? (await fixPosition(deps, erasure))
  const { event } = await deps.log.append({
    session,
    key: EventKey.parse(`auto:erased:${request}`),
    decide: (state) =>
      state
        ? { append: { type: 'erased', actor: actorOf(erasure), origin: 'deskbridge', body: { upTo, reason } } }
        : { refuse: new DeskbridgeError('not_found') },
  })
  return { seq: event.seq, upTo }
}

async function fixPosition(deps: EraseDeps, { _id, session }: Erasure): Promise<Seq> {
  const state = await deps.log.state(session)
  if (!state) throw new DeskbridgeError('not_found')
  const erasures = erasuresOf(deps.connection)
  await erasures.updateOne({ _id, upTo: null }, { $set: { upTo: state.seq } })
  return (await erasures.findOne({ _id }))?.upTo ?? state.seq
}

const actorOf = ({ reason, by }: Erasure): Actor =>
  reason === 'retention' ? { kind: 'system', rule: reason } : { kind: 'admin', id: by }

async function emptied(
  deps: EraseDeps,
  eraser: Eraser,
  chat: ErasedChat,
  { _id: erasureId, copies }: Erasure,
): Promise<Place> {
  const { name } = eraser
  const taken = { _id: erasureId, state: 'pending' as const }
  await erasuresOf(deps.connection).updateOne(taken, { $set: { nextAt: claimedUntil(deps) } })
  const before = copies.find((copy) => copy.name === name)?.count ?? 0
  try {
    return { name, state: 'done', count: before + (await eraser.erase(chat)), left: {}, reason: null }
  } catch (error) {
    deps.logger.warn({ err: error, session: chat.session, copy: name }, 'a copy is not erased yet')
    return { name, state: 'pending', count: before, left: {}, reason: 'it failed and is tried again; see the log' }
  }
}
