import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { findView, viewsOf } from '../views/stored.ts'
import { checkDigest } from './check-digest.ts'
import type { DigestWays } from './ways.ts'

/**
 * Has the digest of a view sent with the next look, in place of when it is due. Throws `not_found`, `no_digest`,
 * `mail_not_configured`, `slack_not_configured`.
 */
export async function sendNow(
  deps: { connection: Connection; ways: DigestWays; now(): number },
  id: string,
  by: { inboxes: readonly string[] },
): Promise<void> {
  const { _id, digest } = await findView(deps.connection, id, by.inboxes)
  if (!digest) throw new DeskbridgeError('no_digest')
  checkDigest(deps.ways, digest)
  const views = viewsOf(deps.connection)
  // One that is being sent is not sent twice.
  await views.updateOne({ _id, digest: { $ne: null } }, { $min: { 'sending.dueAt': new Date(deps.now()) } })
  await views.updateOne({ _id, 'sending.claim.rests': true }, { $set: { 'sending.claim': null } })
}
