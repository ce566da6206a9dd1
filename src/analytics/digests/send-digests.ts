import type { Digest, Report, ReportQuery } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { retryDelay } from '../../platform/backoff.ts'
import type { HandedOver } from '../../platform/handed-over.ts'
import type { Logger } from '../../platform/log-output.ts'
import { csvOf } from '../reports/csv.ts'
import { type Content, contentOf } from './content.ts'
import { claimDue, type Held, type HoldDeps, put, renewed } from './hold.ts'
import { mailOf } from './mail.ts'
import { dayAt, nextDue } from './next-due.ts'
import { postOf } from './post.ts'
import { queryOf } from './query-of.ts'
import type { Given } from './sending.ts'
import type { DigestWays } from './ways.ts'

export interface SendDigestsDeps extends HoldDeps {
  report(query: ReportQuery): Promise<Report>
  ways: DigestWays
  /** Of the service, for a link to the report. */
  publicUrl: string
  /** From 0 to 1. */
  random(): number
  logger: Pick<Logger, 'warn'>
}

const mostInARound = 50
const retry = { first: 60_000, most: 900_000 }
/** A digest that was tried for so long is old news. ms */
const giveUpAfterMs = 6 * 3_600_000

/**
 * Sends what is due. Nobody is given a digest twice, unless it is certain that the first was not taken, or Slack shows that
 * it is not there: of a process that ended while it gave one to a mail server it is not known, and it is not sent again.
 */
export async function sendDigests(deps: SendDigestsDeps): Promise<void> {
  for (let count = 0; count < mostInARound; count += 1) {
    const held = await claimDue(deps)
    if (!held) return
    await send(deps, held)
  }
}

async function send(deps: SendDigestsDeps, held: Held): Promise<void> {
  const { view, digest, dueAt } = held
  const made = await makeContent(deps, held)
  if ('problem' in made) return putOff(deps, held, view.sending.given, [made.problem])
  let given = view.sending.given
  const open: string[] = []
  for (const to of recipientsOf(digest)) {
    const before = given.find((one) => one.to === to)
    if (before && !isOpen(digest, before)) continue
    const others = given.filter((one) => one.to !== to)
    const begun = [...others, { to, state: 'begun' as const, problem: null }]
    if (!(await put(deps, held, { given: begun, claim: renewed(deps, held) }))) return
    const outcome = await handOver(deps, held, made, to, before ? dueAt : null)
    given = [...others, ...after(to, outcome, before)]
    const last = given.find((one) => one.to === to)
    if (outcome.kind !== 'taken' && (!last || isOpen(digest, last))) open.push(outcome.problem)
    if (!(await put(deps, held, { given }))) return
  }
  if (open.length > 0) return putOff(deps, held, given, open)
  await finish(
    deps,
    held,
    given.map(problemOf).filter((problem) => problem !== null),
  )
}

const recipientsOf = ({ to }: Digest): readonly string[] => {
  switch (to.kind) {
    case 'email':
      return to.addresses
    case 'slack':
      return [to.channel]
  }
}

/** In Slack one can look whether it was posted. */
const isOpen = ({ to }: Digest, { state }: Given): boolean =>
  to.kind === 'slack' && (state === 'begun' || state === 'unsure')

type Made = { content: Content; csv: string } | { problem: string }

async function makeContent({ report, publicUrl, logger }: SendDigestsDeps, held: Held): Promise<Made> {
  const { view, digest, dueAt } = held
  try {
    const found = await report(queryOf(view, dayAt(dueAt, digest.timeZone)))
    const link = new URL(`/console/reports/${view._id}`, publicUrl).href
    return { content: contentOf({ ...view, link }, found), csv: csvOf(found, view.metrics) }
  } catch (err) {
    logger.warn({ view: view._id, err }, 'no report for a digest')
    return { problem: err instanceof DeskbridgeError ? err.message : 'The report could not be made.' }
  }
}

async function handOver(
  { ways, logger }: SendDigestsDeps,
  { view, digest, dueAt }: Held,
  made: Exclude<Made, { problem: string }>,
  to: string,
  again: Date | null,
): Promise<HandedOver> {
  const about = { view: view._id, dueAt }
  const missing = { kind: 'not_taken', problem: `There is nothing here to send it with: ${digest.to.kind}.` } as const
  try {
    switch (digest.to.kind) {
      case 'email':
        return (await ways.mail?.(mailOf(made.content, { ...about, to, csv: made.csv }))) ?? missing
      case 'slack':
        return (await ways.slack?.(postOf(made.content, { ...about, channel: to, again }))) ?? missing
    }
  } catch (err) {
    logger.warn({ view: view._id, err }, 'a digest was cut off on its way')
    return { kind: 'unsure', problem: 'It was cut off on its way.' }
  }
}

/** A try that came to nothing says nothing of the one before. */
function after(to: string, outcome: HandedOver, before: Given | undefined): readonly Given[] {
  switch (outcome.kind) {
    case 'not_taken':
      return before ? [before] : []
    case 'taken':
      return [{ to, state: 'taken', problem: null }]
    case 'refused':
    case 'unsure':
      return [{ to, state: outcome.kind, problem: outcome.problem }]
  }
}

function problemOf({ to, state, problem }: Given): string | null {
  switch (state) {
    case 'taken':
      return null
    case 'refused':
      return `${to}: ${problem}`
    case 'begun':
    case 'unsure':
      return `${to}: it is not known whether it arrived.${problem === null ? '' : ` ${problem}`}`
  }
}

/** Once more later, or never when that has gone on for too long. */
async function putOff(deps: SendDigestsDeps, held: Held, given: Given[], problems: readonly string[]): Promise<void> {
  const now = deps.now()
  const { failures: before, failingSince } = held.view.sending
  const failures = before + 1
  const all = [...new Set([...problems, ...given.map(problemOf).filter((problem) => problem !== null)])]
  // Not from when it was due: nobody may have looked for longer than that.
  const since = failingSince ?? new Date(now)
  if (now - since.getTime() >= giveUpAfterMs) return finish(deps, held, all)
  const until = new Date(now + retryDelay(failures, retry, deps.random))
  const last = { at: new Date(now), problem: `Not sent yet. ${all.join(' ')}` }
  await put(deps, held, {
    given,
    failures,
    failingSince: since,
    last,
    claim: { token: held.token, until, rests: true },
  })
}

/** However many were missed meanwhile, the next is one to come. */
async function finish(deps: SendDigestsDeps, held: Held, problems: readonly string[]): Promise<void> {
  const at = new Date(deps.now())
  await put(deps, held, {
    dueAt: nextDue(held.digest, at),
    ...{ claim: null, given: [], failures: 0, failingSince: null },
    last: { at, problem: problems.length === 0 ? null : problems.join(' ') },
  })
}
