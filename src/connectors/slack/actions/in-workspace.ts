import { z } from 'zod'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { Installation } from '../installations/installation.ts'
import type { Installations } from '../installations/installations.ts'
import type { ProcessAction } from '../sdk.ts'
import { About } from './payloads.ts'

const Payload = z.object({
  channel: z.object({ id: z.string() }).optional().catch(undefined),
  view: z.object({ private_metadata: About }).optional().catch(undefined),
  team: z.object({ id: z.string() }).nullish(),
  team_id: z.string().optional(),
  user: z.object({ team_id: z.string().nullish() }).optional(),
})

/** Where something was done: in a thread of a channel, or anywhere in a workspace. */
export function whereDone(body: unknown): { channel: string } | { team: string } | null {
  const { data } = Payload.safeParse(body)
  const channel = data?.channel?.id ?? data?.view?.private_metadata.channel
  if (channel !== undefined) return { channel }
  const team = data?.team?.id ?? data?.team_id ?? data?.user?.team_id
  return team ? { team } : null
}

/**
 * What is done in a thread is done with the installation that the thread is of, so that somebody of another workspace is a
 * guest there although the app is in theirs as well. Throws `forbidden` where the app is not installed.
 */
export function actWhereItIs(
  installations: Pick<Installations, 'ofChannel' | 'ofTeam'>,
  actAt: (installation: Installation) => ProcessAction,
): ProcessAction {
  const made = new WeakMap<Installation, ProcessAction>()
  return async (body, ack) => {
    const where = whereDone(body)
    if (!where) return
    const installation = await ('channel' in where
      ? installations.ofChannel(where.channel)
      : installations.ofTeam(where.team))
    if (!installation) throw new DeskbridgeError('forbidden', { message: notInstalled })
    const act = made.get(installation) ?? actAt(installation)
    made.set(installation, act)
    await act(body, ack)
  }
}

const notInstalled = 'Deskbridge is not installed in this workspace.'
