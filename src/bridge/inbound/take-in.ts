import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import type { Conversation } from '../conversation.ts'
import type { Bindings } from '../links/bindings.ts'
import type { Link } from '../links/link.ts'
import { withShare } from '../outbound/slots.ts'
import type { Arrival, Told } from '../port/arrival.ts'
import type { Connector } from '../port/connector.ts'
import type { StoredArrival } from './arrival.ts'
import { edit, remove } from './change.ts'
import type { Inbox } from './inbox.ts'
import { note, say } from './say.ts'
import { leftAfter, toldOf } from './told-of.ts'

export interface TakeInDeps {
  bindings: Bindings
  inbox: Pick<Inbox, 'move' | 'isOutdated' | 'forestall' | 'toldBefore'>
  conversation: Conversation
  read(session: SessionId, after: Seq, limit?: number): Promise<LogEvent[]>
}

/** What became of an arrival. `told`: what its author is to see; null: nothing. `anew`: they were told otherwise before. */
export interface TakenIn {
  outcome: string
  told: Told | null
  anew: boolean
}

/** Brings one arrival into the chat, once however often it is tried. */
export async function takeIn(
  deps: TakeInDeps,
  connector: Connector,
  link: Link,
  item: StoredArrival,
): Promise<TakenIn> {
  const untold = { told: null, anew: false }
  if (item.session !== undefined) return { outcome: await root(deps, connector, link, item), ...untold }
  if (await deps.bindings.has(connector.name, item.id)) return { outcome: 'ours', ...untold }
  const { share: inbox } = await withShare(deps, link)
  const arrival = await connector.understand(item, inbox)
  const outcome = await become(deps, connector, link, item, arrival)
  const before = await deps.inbox.toldBefore(item)
  const told = toldOf(arrival, outcome, before)
  const isLeft = told === 'heard' && connector.told && (await deps.conversation.reach(link.session)) === 'left'
  return { outcome, told: isLeft ? leftAfter(before) : told, anew: before.length > 0 }
}

async function become(
  deps: TakeInDeps,
  connector: Connector,
  link: Link,
  item: StoredArrival,
  arrival: Arrival,
): Promise<string> {
  switch (arrival.kind) {
    case 'message':
      return say(deps, link, arrival)
    case 'edit':
      return edit(deps, link, item, arrival)
    case 'delete':
      return remove(deps, link, item, arrival.of)
    case 'note':
      await note(deps, { ...arrival, session: link.session })
      return 'noted'
    case 'own':
      return own(deps, connector, link, arrival.marker, item.id)
    case 'pass':
      return `passed: ${arrival.reason}`
  }
}

async function own(
  deps: TakeInDeps,
  connector: Connector,
  link: Link,
  marker: string | null,
  remoteId: string,
): Promise<string> {
  if (marker === null || link.remote.thread === undefined) return 'ours, unmarked'
  const twin = await deps.bindings.twinOf(connector.name, marker, remoteId)
  if (twin === null) return 'ours'
  await connector.removeTwin(link.remote.thread, twin)
  return `twin removed: ${twin}`
}

/** A chat has one root, the one in its link, whichever is the older: what was said since stands under it. */
async function root(deps: TakeInDeps, connector: Connector, link: Link, item: StoredArrival): Promise<string> {
  const { thread } = link.remote
  if (thread === undefined || item.thread === thread) return 'ours'
  if (await deps.bindings.has(connector.name, item.id)) return 'ours, of before'
  if (await isUnderWay(connector, link, item)) return 'ours, of the next thread'
  await connector.removeTwin(thread, item.id)
  await deps.inbox.move(connector.name, item.thread, thread)
  return `second root removed: ${item.id}`
}

/** A chat that moves has its thread until the root of the next one is recorded. */
async function isUnderWay(connector: Connector, { outbound }: Link, item: StoredArrival): Promise<boolean> {
  const { inflight } = outbound
  if (inflight === null || inflight.to >= inflight.from) return false
  const arrival = await connector.understand(item)
  return arrival.kind === 'own' && arrival.marker === inflight.marker
}
