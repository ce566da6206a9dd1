import type { Context, MiddlewareHandler } from 'hono'
import type { Connection } from 'mongoose'
import type { AuditFields, AuditOutcome } from '../../contract/audit.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { SessionId } from '../../contract/ids.ts'
import { addressOf, prefixOf } from '../../platform/http/address.ts'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { AuditConfig } from '../../platform/settings.ts'
import { doneBy } from '../administrator.ts'
import type { Staff, Who } from '../who.ts'
import { differences } from './differences.ts'
import type { AuditLog } from './entries.ts'
import { type Changing, type Subject, subjectOf } from './subjects.ts'

interface AuditedDeps {
  connection: Connection
  log: AuditLog
  who: Pick<Who, 'anybody'>
  addresses: AuditConfig['addresses']
  trustedProxies: TrustedProxies
  logger: Logger
}

/** A path is the caller's own text. */
const longestPath = 300

/**
 * Stands before every route. The entry is there before anything is done, or nothing is done; after it, what has become of
 * it is added. A process that ends in between leaves `begun`: it may have been done. Throws `unavailable`.
 */
export const audited =
  (deps: AuditedDeps): MiddlewareHandler =>
  async (c, next) => {
    const subject = subjectOf(c.req.method, c.req.path)
    const staff = subject && (await staffIn(deps, c))
    if (!subject || !staff) {
      await next()
      return
    }
    const before = await readSubject(deps.connection, subject, subject.id).catch(notNow)
    const id = await begin(deps, c, { subject, staff, before }).catch(notNow)
    await next()
    await end(deps, id, { subject, before, response: c.res }).catch((err: unknown) =>
      deps.logger.error({ err, entry: id }, 'what was audited as begun was done, and its end could not be written'),
    )
  }

/** Whoever is nobody here is refused by the route. */
async function staffIn({ who }: AuditedDeps, c: Context): Promise<Staff | null> {
  try {
    const found = await who.anybody(c)
    return found.kind === 'visitor' ? null : found
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code === 'unauthorized') return null
    throw error
  }
}

function begin(
  { log, addresses, trustedProxies }: AuditedDeps,
  c: Context,
  { subject, staff, before }: { subject: Subject; staff: Staff; before: AuditFields },
): Promise<string> {
  return log.begin({
    by: doneBy(staff),
    address: keptOf(clientIp(c, trustedProxies), addresses),
    method: c.req.method,
    path: c.req.path.slice(0, longestPath),
    subject: { type: subject.type, id: subject.id },
    session: SessionId.safeParse(c.req.path.split('/').at(4)).data ?? null,
    before,
  })
}

async function end(
  { connection, log }: AuditedDeps,
  entry: string,
  { subject, before, response }: { subject: Changing; before: AuditFields; response: Response },
): Promise<void> {
  const { status } = response
  const outcome = outcomeOf(status)
  const id = subject.id ?? (outcome === 'done' ? await madeIn(subject, response) : null)
  const after = outcome === 'refused' ? before : await readSubject(connection, subject, id)
  await log.end(entry, { outcome, status, id, ...differences(before, after) })
}

const outcomeOf = (status: number): AuditOutcome => (status < 400 ? 'done' : status < 500 ? 'refused' : 'failed')

async function madeIn({ made }: Changing, response: Response): Promise<string | null> {
  if (!made || !response.headers.get('content-type')?.startsWith('application/json')) return null
  return made(await response.clone().json())
}

async function readSubject(connection: Connection, { stored }: Subject, id: string | null): Promise<AuditFields> {
  if (!stored || id === null) return null
  const projection = { _id: 0, ...Object.fromEntries(stored.fields.map((field) => [field, 1])) }
  const found = await connection
    .collection<{ _id: string }>(stored.collection)
    .findOne({ _id: { $eq: id } }, { projection })
  // As it is told: dates as text.
  return found && JSON.parse(JSON.stringify(found))
}

/** Of an address the network says where it was, and no more. */
function keptOf(ip: string | undefined, kept: AuditConfig['addresses']): string | null {
  const address = ip === undefined ? null : addressOf(ip)
  if (!address || kept === 'none') return null
  return kept === 'whole' ? address.toString() : prefixOf(address, address.kind() === 'ipv4' ? 24 : 48)
}

/** Nothing is done that could not be written down. */
const notNow = (cause: unknown): never => {
  throw cause instanceof DeskbridgeError ? cause : new DeskbridgeError('unavailable', { cause })
}
