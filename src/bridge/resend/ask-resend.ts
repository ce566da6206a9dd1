import { DeskbridgeError } from '../../contract/errors.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { type Link, type Links, linkId, type Resend } from '../links/link.ts'
import type { DestinationName } from '../port/connector.ts'

interface Which {
  session: SessionId
  destination: DestinationName
}

const linkOf = async (links: Links, { session, destination }: Which): Promise<Link> => {
  const link = await links.findOne({ _id: linkId(session, destination) })
  if (!link) throw new DeskbridgeError('not_found', { message: `Nothing of ${session} was brought to ${destination}.` })
  return link
}

/** How far a link's last resend is; null: there was none. Throws `not_found` for a chat that was never brought there. */
export const readResend = async (links: Links, which: Which): Promise<Resend | null> =>
  (await linkOf(links, which)).outbound.resend ?? null

/**
 * Puts a range down to be looked at and, where something is missing at the destination, to be brought again, by whichever
 * worker has the link next. Without `until`: up to what has been brought. While one is under way it stays as it is. Throws
 * `not_found`.
 */
export async function askResend(
  links: Links,
  which: Which & { from: Seq; until: Seq | undefined },
  now: number,
): Promise<Resend | null> {
  const { from, until } = which
  const { _id, outbound } = await linkOf(links, which)
  const { cursor, resend: before } = outbound
  if (before && !before.done) return before
  const resend: Resend = {
    from,
    until: Math.min(until ?? cursor, cursor),
    partsDone: 0,
    brought: 0,
    at: now,
    done: false,
  }
  await links.updateOne(
    { _id, 'outbound.resend.done': { $ne: false } },
    { $set: { 'outbound.resend': resend, 'outbound.behind': true, 'outbound.nextAt': 0 } },
  )
  return readResend(links, which)
}
