import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EndpointId } from '../../contract/ids.ts'
import type {
  ChangeEndpoint,
  CreatedEndpoint,
  CreateEndpoint,
  RotateSecret,
  ShownEndpoint,
} from '../../contract/webhook.ts'
import type { EndpointHeaders } from '../../contract/webhook-headers.ts'
import type { Ids, RandomBytes } from '../../platform/ids.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'
import { type Allowed, readTarget } from '../call/address.ts'
import { type HeldSecret, makeSecret, rotate, sealSecret } from '../call/secrets.ts'
import { findEndpoint } from './find.ts'
import { sealHeaders } from './sealed.ts'
import { endpointsOf, type StoredEndpoint, shown } from './stored.ts'

/** More are a sign that something makes them by itself. */
export const mostEndpoints = 200
const hour = 3_600_000

/** Where other systems are told of events, as administrators set them up. */
export interface Endpoints {
  /** Throws `invalid_input` for an address that may not be called, `too_many`. */
  create(wanted: CreateEndpoint): Promise<CreatedEndpoint>
  list(): Promise<ShownEndpoint[]>
  /** Throws `not_found`. */
  get(id: string): Promise<ShownEndpoint>
  /** Turning it on again ends a disabling. Throws `not_found`, `version_conflict`, and what `create` throws. */
  change(id: string, change: ChangeEndpoint): Promise<ShownEndpoint>
  /** A new secret, shown this once; those before sign on for a while. Throws `not_found`, `too_many`, `version_conflict`. */
  rotate(id: string, wanted: RotateSecret): Promise<CreatedEndpoint>
  /** With all that is kept of it. Throws `not_found`. */
  remove(id: string): Promise<void>
}

interface EndpointsDeps {
  connection: Connection
  allowed: Allowed
  sealing: SealedSecrets
  ids: Pick<Ids, 'endpoint' | 'token'>
  random: RandomBytes
  /** Said of each change, before it is answered. */
  changed(): Promise<void>
  /** Takes away what is kept of one that is gone. */
  forget(id: EndpointId): Promise<void>
  now(): number
}

export function createEndpoints(deps: EndpointsDeps): Endpoints {
  const { allowed, sealing, ids, now } = deps
  const endpoints = endpointsOf(deps.connection)

  const find = (id: string) => findEndpoint(deps.connection, id)

  /** Only while it is as it was read. */
  const put = async ({ _id, revision }: StoredEndpoint, set: Partial<StoredEndpoint>): Promise<StoredEndpoint> => {
    const asRead = { _id, revision }
    const change = { $set: set, $inc: { revision: 1 } }
    const changed = await endpoints.findOneAndUpdate(asRead, change, { returnDocument: 'after' })
    if (!changed) throw new DeskbridgeError('version_conflict')
    await deps.changed()
    return changed
  }

  const newSecret = (id: EndpointId, scheme: CreateEndpoint['scheme']): { secret: string; held: HeldSecret } => {
    const made = makeSecret(scheme, deps.random)
    return { secret: made.secret, held: sealSecret(sealing, id, made, { id: ids.token(), now: now() }) }
  }

  return {
    async create({ headers, scheme, ...wanted }) {
      checkAddress(wanted.url, allowed)
      if ((await endpoints.countDocuments({})) >= mostEndpoints)
        throw new DeskbridgeError('too_many', { details: { most: mostEndpoints } })
      const _id = ids.endpoint()
      const { secret, held } = newSecret(_id, scheme)
      const at = new Date(now())
      const stored: StoredEndpoint = {
        _id,
        ...wanted,
        ...headersOf(sealing, _id, headers),
        ...{ secrets: [held], revision: 1, createdAt: at, since: at },
        ...untroubled,
      }
      await endpoints.insertOne(stored)
      await deps.changed()
      return { ...shown(stored), secret }
    },
    list: async () => (await endpoints.find().sort({ createdAt: 1, _id: 1 }).toArray()).map(shown),
    get: async (id) => shown(await find(id)),
    async change(id, { revision, headers, ...change }) {
      const before = await find(id)
      if (revision !== undefined && revision !== before.revision) throw new DeskbridgeError('version_conflict')
      if (change.url !== undefined) checkAddress(change.url, allowed)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = {
        ...given,
        ...(headers && headersOf(sealing, before._id, headers)),
        ...turned(before, change, now()),
      }
      return shown(Object.keys(next).length === 0 ? before : await put(before, next))
    },
    async rotate(id, { scheme, overlapHours }) {
      const before = await find(id)
      const { secret, held } = newSecret(before._id, scheme)
      const secrets = rotate(before.secrets, held, { now: now(), overlapMs: overlapHours * hour })
      return { ...shown(await put(before, { secrets })), secret }
    },
    async remove(id) {
      const { _id } = await find(id)
      await endpoints.deleteOne({ _id })
      await deps.changed()
      await deps.forget(_id)
    },
  }
}

const untroubled = { disabled: null, failingSince: null, restsUntil: null }

/** What was missed while it was off is had by a replay, and does not come by itself. */
function turned(before: StoredEndpoint, change: ChangeEndpoint, now: number): Partial<StoredEndpoint> {
  const isMoved = change.url !== undefined && change.url !== before.url
  const isTurnedOn = change.enabled === true && !before.enabled
  return {
    ...((isMoved || isTurnedOn) && { failingSince: null, restsUntil: null }),
    ...(isTurnedOn && { disabled: null, since: new Date(now) }),
  }
}

const headersOf = (sealing: SealedSecrets, id: EndpointId, headers: EndpointHeaders) => ({
  headerNames: headers.map(({ name }) => name),
  headers: sealHeaders(sealing, id, headers),
})

const problems = {
  invalid_address: 'must be an address such as https://example.com/hooks, without a user or password',
  not_https: 'must begin with https://; hosts of the own network are listed in the setting webhooks.allow',
  forbidden_address: 'is an address that may not be called; those of the own network are listed in webhooks.allow',
} as const

function checkAddress(url: string, allowed: Allowed): void {
  const target = readTarget(url, allowed)
  if (target.kind === 'bad')
    throw new DeskbridgeError('invalid_input', { details: [{ path: 'url', problem: problems[target.why] }] })
}
