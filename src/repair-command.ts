import { parseArgs } from 'node:util'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import { foldAgain } from './analytics/rounds/fold-again.ts'
import { linksOf, type Resend } from './bridge/links/link.ts'
import { repairLinks } from './bridge/links/repair-links.ts'
import { askResend, readResend } from './bridge/resend/ask-resend.ts'
import { createPlaces } from './chat/assignment/places.ts'
import { repairPlaces } from './chat/assignment/repair-places.ts'
import { beginNewLife } from './chat/sessions/begin-new-life.ts'
import { summaryFold } from './chat/sessions/fold-summary.ts'
import { destinationsOf } from './connectors/create-connectors.ts'
import { DeskbridgeError } from './contract/errors.ts'
import { Seq, SessionId } from './contract/ids.ts'
import { parseInput } from './contract/parse.ts'
import { createLog } from './log/create-log.ts'
import type { Change, Difference, RepairOptions } from './log/repair/difference.ts'
import { repairLog } from './log/repair/repair-log.ts'
import { createIds } from './platform/ids.ts'
import type { Config } from './platform/settings.ts'
import { projections } from './stored.ts'

export const repairUsage = `  repair [--check] [--session ID]
                               compares what is made of the log with the log, and writes what differs; beside a running
                               service, too. --check only tells, with exit code 1 when something differs
  repair --resend SESSION --to slack|zendesk [--from SEQ [--until SEQ]]
                               looks at what was brought there, and has brought again what is missing; without --from
                               says how far that is
  repair --analytics           has the figures of reports made again from the logs, by the workers
  repair --restored            after MongoDB was restored from a backup and before the service is started: repairs, and
                               lets every client reload`

interface Deps {
  connection: Connection
  config: Config
  now(): number
}

const text = { type: 'string' } as const
const options = {
  check: { type: 'boolean', default: false },
  restored: { type: 'boolean', default: false },
  analytics: { type: 'boolean', default: false },
  ...{ session: text, resend: text, to: text, from: text, until: text },
} as const

type Print = (line: string) => void

/** Answers the exit code. Throws `invalid_input`, `not_found`. */
export async function repairCommand(deps: Deps, args: string[], print: Print): Promise<number> {
  const values = parsed(args)
  if (values.resend !== undefined) return resend(deps, values, print)
  if (values.analytics) return analytics(deps, print)
  const { check, session, restored, to, from, until } = values
  if ([to, from, until].some((value) => value !== undefined))
    throw new DeskbridgeError('invalid_input', { message: '--to, --from and --until belong to --resend.' })
  if (restored && (check || session !== undefined))
    throw new DeskbridgeError('invalid_input', { message: '--restored is about everything.' })
  const only = session === undefined ? undefined : parseInput(SessionId, session)
  const lines = await tallied(repairAll(deps, { only, write: !check, now: deps.now }))
  if (check && lines.length > 0) print('different from the log, and left as it is:')
  for (const line of lines.length > 0 ? lines : ['nothing to change']) print(line)
  if (restored) print(`epochs: ${await beginNewLife({ ...deps, log: openLog(deps), ids: createIds() })} made anew`)
  return check && lines.length > 0 ? 1 : 0
}

async function analytics({ connection, now }: Deps, print: Print): Promise<number> {
  const isBegun = await foldAgain(connection, now)
  print(
    isBegun
      ? 'every chat is folded again by the next rounds of the workers'
      : 'a round is under way: try again in a minute',
  )
  return isBegun ? 0 : 1
}

/** What fails in the background comes out at the next look. */
const openLog = ({ connection, config, now }: Deps) =>
  createLog({
    ...{ connection, fold: summaryFold, projections, eventId: createIds().event, now },
    deadlineMs: config.times.append,
    onError: () => {},
  })

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options }).values
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { message: 'There is no such option; see bin/deskbridge.', cause })
  }
}

const Resending = z.object({
  session: SessionId,
  destination: z.enum(['slack', 'zendesk']),
  from: z.coerce.number().pipe(Seq.min(1)).optional(),
  until: z.coerce.number().pipe(Seq.min(1)).optional(),
})

async function resend({ connection, now }: Deps, values: ReturnType<typeof parsed>, print: Print): Promise<number> {
  const { resend: session, to: destination, from, until } = values
  const asked = parseInput(Resending, { session, destination, from, until })
  const links = linksOf(connection)
  const standing =
    asked.from === undefined
      ? await readResend(links, asked)
      : await askResend(links, { ...asked, from: asked.from, until: asked.until }, now())
  print(standing ? toldOf(standing) : 'nothing was asked to be brought again')
  return 0
}

const toldOf = ({ from, until, brought, done }: Resend): string =>
  done
    ? `done: ${brought} brought again`
    : `${from} to ${until} are to be looked at by the running service, ${brought} brought again so far`

/** What rests on summaries comes after them. */
async function* repairAll(deps: Deps, how: RepairOptions): AsyncGenerator<Difference> {
  const { connection, config, now } = deps
  yield* repairLog({ connection, fold: summaryFold, projections }, how)
  yield* repairLinks({ connection, destinations: destinationsOf(config) }, how)
  const places = createPlaces({ connection, now })
  const log = openLog(deps)
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
