import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { ofOneWorkspace, withoutEffect } from '../failures.ts'
import { createMemory } from '../memory.ts'
import type { Installation } from './installation.ts'
import { whichHas } from './which-has.ts'

/** The workspaces in which the app is or was, the earlier installed first. */
export interface Known {
  live: readonly Installation[]
  /** It was taken out of these, by their names. */
  gone: readonly string[]
}

export interface Installations {
  /** One time for several requests that have to end together. */
  deadline(): AbortSignal
  /** Throws `RemoteFailure`: `halted` while the app is not where the channel is. */
  ofChannel(channel: string, until?: AbortSignal): Promise<Installation>
  /** Runs what concerns a channel where that is. What an administrator has to mend in one workspace stops no other. */
  within<T>(channel: string, run: (at: Installation) => Promise<T>, until?: AbortSignal): Promise<T>
  /** Null: the app is not installed there. */
  ofTeam(team: string): Promise<Installation | null>
  list(): Promise<readonly Installation[]>
  /** Slack says that the app was taken out of a workspace. */
  left(team: string): Promise<void>
}

/** A channel moves to another workspace next to never. */
const kept = { keepMs: 600_000, most: 1_000 }

export function createInstallations(deps: {
  known(): Promise<Known>
  left(team: string): Promise<void>
  timeoutMs: number
  now(): number
}): Installations {
  const { known, now } = deps

  const ask = async (channel: string, until?: AbortSignal): Promise<Installation> => {
    const { live, gone } = await known()
    const found = await withoutEffect(() => whichHas(live, channel, until))
    if (!found) throw notThere(channel, gone)
    return found
  }
  const memory = createMemory({ load: ask, now, ...kept })

  const ofChannel = async (channel: string, until?: AbortSignal): Promise<Installation> => {
    const { live, gone } = await known()
    const [first, ...others] = live
    if (!first) throw nowhere(gone)
    if (others.length === 0 && gone.length === 0) return first
    const remembered = await memory.get(channel, until)
    if (live.includes(remembered)) return remembered
    // It was installed again meanwhile, or taken out.
    memory.forget(channel)
    return memory.get(channel, until)
  }

  return {
    deadline: () => AbortSignal.timeout(deps.timeoutMs),
    ofChannel,
    async within(channel, run, until) {
      const { live, gone } = await known()
      const there = async () => run(await ofChannel(channel, until))
      return live.length + gone.length > 1 ? ofOneWorkspace(there) : there()
    },
    async ofTeam(team) {
      const { live } = await known()
      const stored = live.find((installation) => installation.team === team)
      if (stored) return stored
      for (const installation of live)
        if (installation.team === null && (await installation.workspaces.current()).team === team) return installation
      return null
    },
    list: async () => (await known()).live,
    left: deps.left,
  }
}

const howToInstall = 'open the address that `bin/deskbridge slack install` prints, and click Allow.'

function nowhere(gone: readonly string[]): RemoteFailure {
  const message = gone.length > 0 ? takenOut(gone) : `not_installed: Deskbridge is in no workspace yet: ${howToInstall}`
  return new RemoteFailure({ kind: 'halted' }, message, { code: 'not_installed' })
}

function notThere(channel: string, gone: readonly string[]): RemoteFailure {
  const failure = { kind: 'halted', scope: 'link' } as const
  if (gone.length > 0)
    return new RemoteFailure(failure, `${takenOut(gone)} ${channel} is in no other.`, { code: 'not_installed' })
  const message = `channel_not_found: ${channel} is in none of the workspaces. Invite the app into it, or install the app where it is.`
  return new RemoteFailure(failure, message, { code: 'channel_not_found' })
}

const takenOut = (gone: readonly string[]): string =>
  `not_installed: Deskbridge was taken out of ${gone.join(', ')}. To have it there again, ${howToInstall}`
