import type { Connection } from 'mongoose'
import type { EndpointId } from '../../contract/ids.ts'
import type { EndpointHeaders } from '../../contract/webhook-headers.ts'
import { isFresh } from '../../platform/clock.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'
import { together } from '../../platform/together.ts'
import { signingKeys } from '../call/secrets.ts'
import type { SigningKey } from '../call/sign.ts'
import { openHeaders, sealedAnew } from './sealed.ts'
import { changesOf, endpointsOf, type StoredEndpoint } from './stored.ts'

/** How long a node goes by what it has read: a change by another node is seen after that. ms */
const freshMs = 1_000

const mostAtOnce = 1_000
const committed = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const
const written = { writeConcern: { w: 'majority', j: true } } as const

interface Known {
  at: number
  /** How often they had been changed when they were read, at least. */
  changed: Promise<number>
  all: Promise<ReadonlyMap<EndpointId, StoredEndpoint>>
}

interface Opened {
  keys: readonly SigningKey[]
  headers: EndpointHeaders
}

/** The endpoints as events and calls need them, which is often. */
export interface KnownEndpoints {
  /** Those that are on; up to a second behind. */
  on(): Promise<readonly StoredEndpoint[]>
  /** The same, with every change that was answered before this was asked. */
  onNow(): Promise<readonly StoredEndpoint[]>
  /** Null: it is off, or not there. */
  get(id: EndpointId): Promise<StoredEndpoint | null>
  /** What each call carries. Throws where the installation's secret is another one by now. */
  opened(endpoint: StoredEndpoint): Opened
  /** How one does was written down here. */
  forget(): void
  /** An administrator changed them here. To be waited for before that is answered. */
  changed(): Promise<void>
}

export function createKnownEndpoints(deps: {
  connection: Connection
  sealing: SealedSecrets
  now(): number
}): KnownEndpoints {
  const { sealing, now } = deps
  const endpoints = endpointsOf(deps.connection)
  /** As long as what was read is gone by: a secret may end a second late. */
  const opened = new WeakMap<StoredEndpoint, Opened>()
  const changes = changesOf(deps.connection)
  const changesNow = together(async (asked: readonly null[]) => {
    const count = (await changes.findOne({ _id: 'endpoints' }, committed))?.count ?? 0
    return asked.map(() => count)
  }, mostAtOnce)
  let known: Known | null = null

  const current = async (endpoint: StoredEndpoint): Promise<StoredEndpoint> => {
    const anew = canOpen(() => sealedAnew(sealing, endpoint))
    if (!anew) return endpoint
    const { _id, revision } = endpoint
    await endpoints.updateOne({ _id, revision }, { $set: anew })
    return { ...endpoint, ...anew }
  }

  const read = async () => {
    const on = await endpoints.find({ enabled: true }).sort({ createdAt: 1, _id: 1 }).toArray()
    return new Map((await Promise.all(on.map(current))).map((endpoint) => [endpoint._id, endpoint]))
  }

  const all = () => {
    if (known && isFresh(known.at, now(), freshMs)) return known.all
    const changed = changesNow(null)
    const reading = { at: now(), changed, all: changed.then(read) }
    known = reading
    // A failed read is nobody's knowledge.
    reading.all.catch(() => {
      if (known === reading) known = null
    })
    return reading.all
  }

  return {
    on: async () => [...(await all()).values()],
    async onNow() {
      const [before, changed] = [known, await changesNow(null)]
      if (before && known === before && (await before.changed) !== changed) known = null
      return [...(await all()).values()]
    },
    get: async (id) => (await all()).get(id) ?? null,
    opened(endpoint) {
      const there = opened.get(endpoint)
      if (there) return there
      const keys = signingKeys(sealing, endpoint._id, endpoint.secrets, now())
      const fresh = { keys, headers: openHeaders(sealing, endpoint) }
      opened.set(endpoint, fresh)
      return fresh
    },
    forget: () => void (known = null),
    async changed() {
      await changes.updateOne({ _id: 'endpoints' }, { $inc: { count: 1 } }, { upsert: true, ...written })
      known = null
    },
  }
}

/** Null: sealed with a secret that is not known here, which each call will say. */
function canOpen<T>(open: () => T): T | null {
  try {
    return open()
  } catch {
    return null
  }
}
