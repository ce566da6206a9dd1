import type { Connection } from 'mongoose'
import type { Digest } from '../../contract/analytics.ts'
import { type StoredView, viewsOf } from '../views/stored.ts'
import type { Claim, Sending } from './sending.ts'

/** Longer than a report and one hand-over take. ms */
const leaseMs = 300_000

export interface HoldDeps {
  connection: Connection
  newToken(): string
  now(): number
}

/** A view whose digest is due, held by whoever has the token. */
export interface Held {
  view: StoredView
  digest: Digest
  dueAt: Date
  token: string
}

/** The one that has waited longest. Null: none is due that nobody has. */
export async function claimDue(deps: HoldDeps): Promise<Held | null> {
  const [now, token] = [new Date(deps.now()), deps.newToken()]
  const free = [{ 'sending.claim': null }, { 'sending.claim.until': { $lte: now } }]
  const view = await viewsOf(deps.connection).findOneAndUpdate(
    { 'sending.dueAt': { $lte: now }, $or: free },
    { $set: { 'sending.claim': renewed(deps, { token }) } },
    { sort: { 'sending.dueAt': 1 }, returnDocument: 'after' },
  )
  const { digest, sending } = view ?? {}
  return view && digest && sending?.dueAt ? { view, digest, dueAt: sending.dueAt, token } : null
}

export const renewed = ({ now }: HoldDeps, { token }: Pick<Held, 'token'>): Claim => ({
  token,
  until: new Date(now() + leaseMs),
  rests: false,
})

/** Answers false when it is held no more: another took it, or another digest is wanted. */
export async function put(
  { connection }: HoldDeps,
  { view, token }: Held,
  sending: Partial<Sending>,
): Promise<boolean> {
  const set = Object.fromEntries(Object.entries(sending).map(([name, value]) => [`sending.${name}`, value]))
  const changed = await viewsOf(connection).updateOne({ _id: view._id, 'sending.claim.token': token }, { $set: set })
  return changed.matchedCount === 1
}
