import { DeskbridgeError, type ErrorCode } from '../../contract/errors.ts'
import { type LogEvent, maxMessageLength } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Conversation } from '../conversation.ts'
import type { Bindings } from '../links/bindings.ts'
import type { Link } from '../links/link.ts'
import { withShare } from '../outbound/slots.ts'
import { type Arrival, type Connector, RemoteFailure, type RemoteFile } from '../port.ts'
import type { Inbox, StoredArrival } from './inbox.ts'

export interface TakeInDeps {
  bindings: Bindings
  inbox: Pick<Inbox, 'move'>
  conversation: Conversation
  read(session: SessionId, after: Seq, limit?: number): Promise<LogEvent[]>
}

/** Brings one arrival into the chat, once however often it is tried. Answers what became of it. */
export async function takeIn(deps: TakeInDeps, connector: Connector, link: Link, item: StoredArrival): Promise<string> {
  if (item.session !== undefined) return root(deps, connector, link, item)
  if (await deps.bindings.has(connector.name, item.id)) return 'ours'
  const { share: inbox } = await withShare(deps, link)
  const arrival = await connector.understand(item, inbox)
  switch (arrival.kind) {
    case 'message':
      return post(deps, link, arrival)
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
  await connector.removeTwin(thread, item.id)
  await deps.inbox.move(connector.name, item.thread, thread)
  return `second root removed: ${item.id}`
}

async function post(deps: TakeInDeps, link: Link, arrival: Extract<Arrival, { kind: 'message' }>): Promise<string> {
  const { author, key, text, files = [], internal = false } = arrival
  const hasText = text.trim() !== ''
  if (!hasText && files.length === 0) return 'passed: empty'
  const { session, destination } = link
  const actor = await deps.conversation.whoIs(author, { session, system: destination })
  const target = { session, actor, origin: destination }
  for (const [index, part] of (hasText ? inParts(text, maxMessageLength) : []).entries()) {
    const partKey = index === 0 ? key : EventKey.parse(`${key}:${index + 1}`)
    const refused = await deps.conversation
      .post({ ...target, key: partKey, text: part, internal })
      .then(() => null, refusedForGood)
    if (refused) return `refused: ${refused}`
  }
  for (const [index, file] of files.entries())
    await postFile(deps, { ...target, internal, key: EventKey.parse(`${key}:file:${index + 1}`) }, file)
  return 'posted'
}

/** The team is told of a file that the customer does not get. */
async function postFile(
  { conversation }: TakeInDeps,
  target: Omit<Parameters<Conversation['postFile']>[0], 'name' | 'read'>,
  { name, read }: RemoteFile,
): Promise<void> {
  try {
    await conversation.postFile({ ...target, name, read })
  } catch (error) {
    const why = whyNever(error)
    const text = `The customer did not get “${name}”. ${why}`
    await note({ conversation }, { ...target, rule: 'file-not-brought', text })
  }
}

/** For the team, said by us: so it stands where it is about as well. */
const note = (
  { conversation }: Pick<TakeInDeps, 'conversation'>,
  { session, key, rule, text }: { session: SessionId; key: EventKey; rule: string; text: string },
): Promise<void> =>
  conversation.post({
    ...{ session, key, text, internal: true, origin: 'deskbridge' },
    actor: { kind: 'system', rule },
  })

/** Throws what may pass. */
function whyNever(error: unknown): string {
  if (error instanceof DeskbridgeError && neverTaken.has(error.code)) return error.message
  if (error instanceof RemoteFailure && error.failure.kind === 'refused') return 'It could not be fetched.'
  throw error
}

const neverTaken: ReadonlySet<ErrorCode> = new Set(['file_too_large', 'file_type_not_allowed', 'file_refused'])

/** What the chat will never take must not hold up what comes after it. Null: it is there. */
function refusedForGood(error: unknown): ErrorCode | null {
  if (!(error instanceof DeskbridgeError)) throw error
  // By an earlier try, when its author was somebody else to the chat: they were given an account since, or lost one.
  if (error.code === 'key_conflict') return null
  if (error.code === 'invalid_input') return error.code
  throw error
}

/** Cuts between code points, the only unit that both sides count alike. */
export function inParts(text: string, most: number): string[] {
  const points = Array.from(text)
  const parts: string[] = []
  for (let start = 0; start < points.length; start += most) parts.push(points.slice(start, start + most).join(''))
  return parts
}
