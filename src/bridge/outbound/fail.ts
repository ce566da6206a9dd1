import type { Seq } from '../../contract/ids.ts'
import { placeOf } from '../destinations.ts'
import type { LinkChange } from '../links/lease.ts'
import type { Link } from '../links/link.ts'
import type { FrozenCall } from '../port/call.ts'
import type { DestinationName } from '../port/connector.ts'
import { type Failure, RemoteFailure } from '../port/failure.ts'
import { movedByResend } from '../resend/bring-again.ts'
import { isolate } from './isolate.ts'
import { moveOn } from './move-on.ts'
import { tellOutOfReach } from './out-of-reach.ts'
import { type Consequence, consequenceOf } from './outcomes.ts'
import type { DeliverDeps, Step } from './step.ts'
import { noteTrouble, stuckFrom } from './trouble.ts'
import { countFailure, forgetCall, waitAfter } from './wait-after.ts'

/** An error that a connector did not foresee says nothing about the remote: the call may have had its effect. */
const failureOf = (error: unknown): Failure => (error instanceof RemoteFailure ? error.failure : { kind: 'ambiguous' })

/** For whoever runs the installation. */
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Writes down what follows from a failed call, and when to go on. */
export async function failCall(deps: DeliverDeps, link: Link, call: FrozenCall, error: unknown): Promise<Step> {
  if (mayStillLand(link, call, error)) return failLook(deps, link, error, sinceFirstTry(deps, call))
  const noted = await noteTrouble(deps, link, error)
  return noted ? follow(deps, noted, call, error) : { kind: 'lost' }
}

async function follow(deps: DeliverDeps, link: Link, call: FrozenCall, error: unknown): Promise<Step> {
  const consequence = consequenceAfter(deps, link, error)
  await tellOutOfReach(deps, link, failureOf(error), wordsOf(error))
  deps.logger.warn({ link: link._id, seq: call.from, consequence: consequence.kind, err: error }, 'call failed')
  switch (consequence.kind) {
    case 'form_again':
      if (consequence.tell) await tellOf(deps, placeOf(link.destination, call), 0, wordsOf(error))
      return consequence.move
        ? moveOn(deps, link, consequence.move, consequence.inMs)
        : waitAfter(deps, link, consequence.inMs, forgetCall)
    case 'settle':
      return waitAfter(deps, link, Math.min(consequence.inMs, deps.times.settleCheck), countFailure)
    case 'pause_destination':
      await pauseDestination(deps, link, consequence.inMs, consequence.tell ? wordsOf(error) : null)
      return waitAfter(deps, link, consequence.inMs, forgetCall)
    case 'isolate':
      return blame(deps, link, call)
  }
}

/**
 * This try had no effect, but an earlier one of the same call may, from a worker that slept for however long: formed again
 * under another marker, its content would stand there twice and nobody would know. Only a root may have to go elsewhere
 * once an administrator has acted; a second one of a chat is known by its chat.
 */
function mayStillLand({ remote }: Link, { uncertainUntil, from, to }: FrozenCall, error: unknown): boolean {
  if (uncertainUntil === undefined) return false
  const { kind } = failureOf(error)
  const opensThread = to < from && remote.thread === undefined
  return kind === 'transient' || kind === 'limited' || (kind === 'halted' && !opensThread)
}

/** The try that failed for certain is not waited for once more. */
const sinceFirstTry = ({ times }: DeliverDeps, { uncertainUntil, startedAt }: FrozenCall) => ({
  'outbound.inflight.startedAt': Math.min(startedAt, (uncertainUntil ?? startedAt) - times.settle),
})

/** A look-up that failed says nothing about the call, which stays frozen; only a thread that is gone took the call with it. */
export async function failLook(
  deps: DeliverDeps,
  link: Link,
  error: unknown,
  known: Record<string, unknown> = {},
): Promise<Step> {
  const noted = await noteTrouble(deps, link, error)
  return noted ? followLook(deps, noted, error, known) : { kind: 'lost' }
}

async function followLook(
  deps: DeliverDeps,
  link: Link,
  error: unknown,
  known: Record<string, unknown>,
): Promise<Step> {
  const consequence = consequenceAfter(deps, link, error)
  await tellOutOfReach(deps, link, failureOf(error), wordsOf(error))
  const keepCall: LinkChange = { ...countFailure, ...(Object.keys(known).length > 0 && { $set: known }) }
  deps.logger.warn({ link: link._id, consequence: consequence.kind, err: error }, 'look-up failed')
  switch (consequence.kind) {
    case 'form_again': {
      const { inflight } = link.outbound
      if (consequence.tell && inflight) await tellOf(deps, placeOf(link.destination, inflight), 0, wordsOf(error))
      return consequence.move
        ? moveOn(deps, link, consequence.move, consequence.inMs)
        : waitAfter(deps, link, consequence.inMs, keepCall)
    }
    case 'pause_destination':
      await pauseDestination(deps, link, consequence.inMs, consequence.tell ? wordsOf(error) : null)
      return waitAfter(deps, link, consequence.inMs, keepCall)
    case 'settle':
      return waitAfter(deps, link, consequence.inMs, keepCall)
    case 'isolate':
      return waitAfter(deps, link, deps.retryDelay(link.outbound.failures + 1), keepCall)
  }
}

const consequenceAfter = (deps: DeliverDeps, link: Link, error: unknown): Consequence => {
  const failures = link.outbound.failures + 1
  return consequenceOf(failureOf(error), failures, deps.retryDelay(failures))
}

async function pauseDestination(deps: DeliverDeps, link: Link, inMs: number, reason: string | null): Promise<void> {
  const until = deps.now() + inMs
  if (reason === null) return deps.destinations.pause(link.destination, until)
  await tellOf(deps, link.destination, until, reason)
}

/** Once, until something goes through there again. */
async function tellOf(deps: DeliverDeps, destination: DestinationName, until: number, reason: string): Promise<void> {
  if (await deps.destinations.halt(destination, until, { reason }))
    deps.logger.error({ destination, reason }, 'destination halted: an administrator has to act')
}

async function blame(deps: DeliverDeps, link: Link, call: FrozenCall): Promise<Step> {
  const isolation = isolate(call, link.outbound)
  const stuck = stuckFrom(link, deps.now())
  const forget = { 'outbound.inflight': null, ...(call.again ? {} : { 'outbound.partsDone': 0 }) }
  const past = call.again ? movedByResend({ ...call, part: call.parts }).$set : { 'outbound.cursor': call.to }
  switch (isolation.kind) {
    case 'fewer':
      return waitAfter(deps, link, 0, { $set: { ...forget, 'outbound.atMost': isolation.atMost } })
    case 'placeholder':
      return waitAfter(deps, link, 0, {
        $set: { ...forget, ...stuck, ...isolatedWith(link, isolation.seq), ...placeholderFor(isolation.seq) },
      })
    case 'pass':
      deps.logger.error(
        { link: link._id, seq: isolation.seq },
        'event passed over: the destination takes not even its placeholder',
      )
      return waitAfter(deps, link, 0, {
        $set: { ...forget, 'outbound.atMost': null, 'outbound.placeholder': null, ...past },
      })
    case 'none':
      return waitAfter(deps, link, deps.retryDelay(link.outbound.failures + 1), {
        $set: { ...forget, ...stuck },
        $inc: { 'outbound.failures': 1 },
      })
  }
}

const placeholderFor = (seq: Seq) => ({ 'outbound.atMost': 1, 'outbound.placeholder': seq })

function isolatedWith({ outbound: { isolated } }: Link, seq: Seq) {
  const count = (isolated?.count ?? 0) + 1
  const range = { first: Math.min(isolated?.first ?? seq, seq), last: Math.max(isolated?.last ?? seq, seq) }
  return { 'outbound.isolated': { ...range, count } }
}
