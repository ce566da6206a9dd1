import { type Tokens, visitorLifetimeMs } from '../../access/tokens.ts'
import { hasScope, type KeyIdentity } from '../../access/who.ts'
import type { StartByKey } from '../../contract/by-key.ts'
import type { StartedSession } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Visitor } from '../../contract/event.ts'
import type { VisitorId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { isOpen } from '../../platform/opening-hours.ts'
import type { Blocks } from '../abuse/blocks.ts'
import type { ChatDeps } from '../chat.ts'
import type { IdentityDeps } from '../identity/identities.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import { withFacts, withProof } from '../visitors/visitor-facts.ts'
import { type Begun, startOnce } from './start-once.ts'
import { startSession } from './start-session.ts'

interface StartDeps extends Pick<ChatDeps, 'log' | 'ids' | 'now'> {
  inboxes: Inboxes
  blocks: Blocks
  identities: Pick<IdentityDeps, 'visitors'>
  tokens: Tokens
}

/**
 * A chat that another system starts for somebody whom it knows: what keeps strangers out (sites, challenge, limits of an
 * address, the form before the chat) does not stand before it, a block does. Throws `not_found`, `forbidden`, `blocked`,
 * `identity_required`, `invalid_input` where the key is for several inboxes and none is named.
 */
export async function startByKey(
  deps: StartDeps,
  key: KeyIdentity,
  wanted: StartByKey,
  once: string | undefined,
): Promise<StartedSession> {
  const inbox = await inboxOf(deps, key, wanted.inboxKey)
  const { externalId } = wanted
  if (externalId === undefined && inbox.identityRequired) throw new DeskbridgeError('identity_required')
  if (externalId !== undefined && !hasScope(key, saysWho))
    throw new DeskbridgeError('forbidden', { details: { scope: saysWho } })
  const { session, epoch, visitor } = await startOnce(deps, once, (ids) =>
    begin({ ...deps, ids }, { inbox, key, wanted }),
  )
  // Whoever holds the token of a known customer's chat has not proven to be them: it leads nowhere else.
  const leadsUntil = externalId === undefined ? deps.now() + visitorLifetimeMs : undefined
  const token = await deps.tokens.forVisitor({ ...visitor, session, leadsUntil })
  return { sessionId: session, token, epoch, visitorId: visitor.id }
}

const saysWho = 'visitors:write'

async function inboxOf({ inboxes }: StartDeps, key: KeyIdentity, named: string | undefined): Promise<Inbox> {
  const [only, ...more] = key.inboxes
  if (named === undefined && more.length > 0)
    throw new DeskbridgeError('invalid_input', {
      details: [{ path: 'inboxKey', problem: 'is needed with a key for several inboxes' }],
    })
  const inbox = await inboxes.open(named ?? only)
  if (only !== undefined && !key.inboxes.includes(inbox.key)) throw new DeskbridgeError('not_found')
  return inbox
}

interface Beginning {
  inbox: Inbox
  key: KeyIdentity
  wanted: StartByKey
}

async function begin(deps: StartDeps, { inbox, key, wanted }: Beginning): Promise<Begun> {
  const { externalId, email, channel } = wanted
  const { visitors } = deps.identities
  const known = externalId === undefined ? null : await visitors.find(inbox.key, externalId)
  await deps.blocks.refuse({ inbox: inbox.key, visitor: known ?? undefined, email, ip: undefined })
  // Whoever is blocked does not become known.
  const id = externalId === undefined ? deps.ids.visitor() : (known ?? (await visitors.of(inbox.key, externalId)))
  const visitor = visitorBy(key, id, wanted)
  const by = { kind: 'admin', id: key.id } as const
  const offline = !isOpen(inbox.hours, deps.now())
  return { ...(await startSession(deps, inbox, visitor, { channel, offline, by })), visitor }
}

/** What a key that may say who a visitor is says of them is an agent's word, and a proof where it says how it knows them. */
function visitorBy(key: KeyIdentity, id: VisitorId, wanted: StartByKey): Visitor {
  const { externalId, name, email, phone, page, attributes, referrer, locale, timeZone } = wanted
  const bare = { id, ...(referrer && { referrer }), ...(locale && { locale }), ...(timeZone && { timeZone }) }
  const by = hasScope(key, saysWho) ? 'agent' : 'visitor'
  const said = withFacts(bare, { name, email, phone, page, attributes }, by)
  return externalId === undefined ? said : withProof(said, id, { externalId, name, email, attributes })
}
