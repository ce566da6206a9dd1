import { z } from 'zod'
import { fileKey, partKey } from '../../contract/arrived-keys.ts'
import { DeskbridgeError, type ErrorCode } from '../../contract/errors.ts'
import { maxMessageLength } from '../../contract/event.ts'
import type { EventKey, SessionId } from '../../contract/ids.ts'
import type { Conversation } from '../conversation.ts'
import type { Link } from '../links/link.ts'
import type { RemoteFile, Said } from '../port/arrival.ts'
import { RemoteFailure } from '../port/failure.ts'

interface SayDeps {
  conversation: Conversation
}

export type SaidOutcome = 'posted' | 'posted without a file' | 'passed: empty' | `refused: ${ErrorCode}`

/** Brings what somebody said into the chat. Answers what became of it. */
export async function say(deps: SayDeps, link: Link, said: Said & { key: EventKey }): Promise<SaidOutcome> {
  const { author, key, text, files = [], internal = false } = said
  if (text.trim() === '' && files.length === 0) return 'passed: empty'
  const { session, destination } = link
  const actor = await deps.conversation.whoIs(author, { session, system: destination })
  const target = { session, actor, origin: destination }
  for (const [index, part] of partsOf(text).entries()) {
    const message = { ...target, key: partKey(key, index), text: part, internal }
    const refused = await deps.conversation.post(message).then(() => null, refusedForGood)
    if (refused) return `refused: ${refused}`
  }
  let isWhole = true
  for (const [index, file] of files.entries())
    if (!(await postFile(deps, { ...target, internal, key: fileKey(key, index) }, file))) isWhole = false
  return isWhole ? 'posted' : 'posted without a file'
}

export const partsOf = (text: string): string[] => (text.trim() === '' ? [] : inParts(text, maxMessageLength))

/** The team is told of a file that the customer does not get. Answers whether they get it. */
async function postFile(
  { conversation }: SayDeps,
  target: Omit<Parameters<Conversation['postFile']>[0], 'name' | 'read'>,
  { name, read }: RemoteFile,
): Promise<boolean> {
  try {
    await conversation.postFile({ ...target, name, read })
    return true
  } catch (error) {
    const why = whyNever(error)
    const text = `The customer did not get “${name}”. ${why}`
    await note({ conversation }, { ...target, rule: 'file-not-brought', text })
    return false
  }
}

/** For the team, said by us: so it stands where it is about as well. */
export const note = (
  { conversation }: SayDeps,
  { session, key, rule, text }: { session: SessionId; key: EventKey; rule: string; text: string },
): Promise<void> =>
  conversation.post({
    ...{ session, key, text, internal: true, origin: 'deskbridge' },
    actor: { kind: 'system', rule },
  })

/** Throws what may pass. */
function whyNever(error: unknown): string {
  if (error instanceof DeskbridgeError && neverTaken.has(error.code)) return wordsOf(error)
  if (error instanceof RemoteFailure && error.failure.kind === 'refused') return 'It could not be fetched.'
  throw error
}

/** Whoever sent the file has no details to see. */
function wordsOf({ message, details }: DeskbridgeError): string {
  const { allowed } = Kinds.safeParse(details).data ?? {}
  return allowed ? `Files of this kind are not taken. Those that are: ${allowed.join(', ')}.` : message
}
const Kinds = z.object({ allowed: z.array(z.string()) })

const neverTaken: ReadonlySet<ErrorCode> = new Set(['file_too_large', 'file_type_not_allowed', 'file_refused'])

/** What the chat will never take must not hold up what comes after it. Null: it is there. */
export function refusedForGood(error: unknown): ErrorCode | null {
  if (!(error instanceof DeskbridgeError)) throw error
  // By an earlier try, when its author was somebody else to the chat: they were given an account since, or lost one.
  if (error.code === 'key_conflict') return null
  if (error.code === 'invalid_input' || error.code === 'message_too_long') return error.code
  throw error
}

/** Cuts between code points, the only unit that both sides count alike. */
export function inParts(text: string, most: number): string[] {
  const points = Array.from(text)
  const parts: string[] = []
  for (let start = 0; start < points.length; start += most) parts.push(points.slice(start, start + most).join(''))
  return parts
}
