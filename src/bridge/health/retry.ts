import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Destinations } from '../destinations.ts'
import type { Doorbell } from '../doorbell.ts'
import { type Link, type Links, linkId } from '../links/link.ts'
import type { DestinationName } from '../port/connector.ts'
import { askResend } from '../resend/ask-resend.ts'

interface RetryDeps {
  links: Links
  destinations: Pick<Destinations, 'standing' | 'tryAgain'>
  doorbell: Doorbell
  now(): number
}

/** Chats that are stopped and are tried again by one retry; the list shows those that are left. */
const most = 500

/** Everything that waits is due now: the sweep rings for it. Throws `connector_paused`. */
export async function retryAll(deps: RetryDeps, destination: DestinationName): Promise<void> {
  const { links, destinations, now } = deps
  await mustNotBeHeld(deps, destination)
  await destinations.tryAgain(destination)
  const waiting = { destination, 'outbound.behind': true, 'outbound.nextAt': { $gt: now() } }
  await links.updateMany(waiting, { $set: { 'outbound.nextAt': 0 } })
  const stuck = await links.find({ destination, 'outbound.stuck': true }).limit(most).toArray()
  for (const link of stuck) await tryOnce(deps, link)
}

/** Throws `not_found`, `connector_paused`. */
export async function retryChat(deps: RetryDeps, destination: DestinationName, session: SessionId): Promise<Link> {
  const { links, doorbell } = deps
  await mustNotBeHeld(deps, destination)
  const _id = linkId(session, destination)
  const link = await links.findOne({ _id })
  if (!link) throw new DeskbridgeError('not_found')
  await tryOnce(deps, link)
  await doorbell.ring([{ kind: 'deliver', link: _id }])
  return (await links.findOne({ _id })) ?? link
}

/** What was isolated is brought again where nothing stands for it; whether it is taken now is found out by that. */
async function tryOnce({ links, now }: RetryDeps, link: Link): Promise<void> {
  const { _id, session, destination, outbound } = link
  if (outbound.isolated) {
    const { first: from, last: until } = outbound.isolated
    await askResend(links, { session, destination, from, until }, now())
  }
  await links.updateOne({ _id, 'outbound.behind': true }, { $set: { 'outbound.nextAt': 0 } })
  // What was isolated since is still to be looked at.
  const asSeen = { _id, 'outbound.isolated': outbound.isolated ?? null }
  await links.updateOne(asSeen, { $set: { 'outbound.stuck': false, 'outbound.isolated': null } })
}

async function mustNotBeHeld({ destinations }: RetryDeps, name: DestinationName): Promise<void> {
  if ((await destinations.standing(name)).kind === 'held') throw new DeskbridgeError('connector_paused')
}
