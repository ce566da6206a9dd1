import { parseArgs } from 'node:util'
import type { Connection } from 'mongoose'
import { repairLinks } from './bridge/links/repair-links.ts'
import { createPlaces } from './chat/assignment/places.ts'
import { repairPlaces } from './chat/assignment/repair-places.ts'
import { summaryFold } from './chat/sessions/fold-summary.ts'
import { destinationsOf, projections } from './compose.ts'
import { DeskbridgeError } from './contract/errors.ts'
import { SessionId } from './contract/ids.ts'
import { createLog } from './log/create-log.ts'
import type { Change, Difference, RepairOptions } from './log/repair/difference.ts'
import { repairLog } from './log/repair/repair-log.ts'
import { createIds } from './platform/ids.ts'
import type { Config } from './platform/settings.ts'

export const repairUsage = `  repair [--check] [--session ID]
                               compares what is made of the log with the log, and writes what differs; beside a running
                               service, too. --check only tells, with exit code 1 when something differs`

interface Deps {
  connection: Connection
  config: Config
  now(): number
}

const options = { check: { type: 'boolean', default: false }, session: { type: 'string' } } as const

/** Answers the exit code. Throws `invalid_input`. */
export async function repairCommand(deps: Deps, args: string[], print: (line: string) => void): Promise<number> {
  const { check, session } = parsed(args)
  const only = session === undefined ? undefined : SessionId.safeParse(session).data
  if (session !== undefined && only === undefined)
    throw new DeskbridgeError('invalid_input', { message: `${session} is not the id of a session.` })
  const lines = await tallied(repairAll(deps, { only, write: !check, now: deps.now }))
  if (check && lines.length > 0) print('different from the log, and left as it is:')
  for (const line of lines.length > 0 ? lines : ['nothing to change']) print(line)
  return check && lines.length > 0 ? 1 : 0
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options }).values
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { message: 'There is no such option; see bin/deskbridge.', cause })
  }
}

/** What rests on summaries comes after them. */
async function* repairAll({ connection, config, now }: Deps, how: RepairOptions): AsyncGenerator<Difference> {
  const log = createLog({
    ...{ connection, fold: summaryFold, projections, eventId: createIds().event, now },
    deadlineMs: config.times.append,
    onError: () => {},
  })
  yield* repairLog({ connection, fold: summaryFold, projections }, how)
  yield* repairLinks({ connection, destinations: destinationsOf(config) }, how)
  const places = createPlaces({ connection, now })
  yield* repairPlaces({ connection, log, places, now, confirmWithin: config.times.append }, how)
}

/** Differences of one kind that are named one by one. */
const mostNamed = 5

interface Tally {
  counts: Map<Change, number>
  named: string[]
  more: boolean
}

/** `messages: 3 made again, 1 removed (ses_… seq 4, …)` */
async function tallied(differences: AsyncIterable<Difference>): Promise<string[]> {
  const kinds = new Map<string, Tally>()
  for await (const { what, change, where } of differences) {
    const kind: Tally = kinds.get(what) ?? { counts: new Map(), named: [], more: false }
    kinds.set(what, kind)
    kind.counts.set(change, (kind.counts.get(change) ?? 0) + 1)
    if (kind.named.length < mostNamed) kind.named.push(where)
    else kind.more = true
  }
  return [...kinds].map(([what, { counts, named, more }]) => {
    const done = [...counts].map(([change, count]) => `${count} ${change}`).join(', ')
    return `${what}: ${done} (${[...named, ...(more ? ['…'] : [])].join(', ')})`
  })
}
