import { type Connection, Schema } from 'mongoose'
import type { EndpointId, EventId } from '../../contract/ids.ts'
import type { CreateEndpoint, DisabledWhy, ShownEndpoint } from '../../contract/webhook.ts'
import type { HeldSecret } from '../call/secrets.ts'

export interface StoredEndpoint
  extends Pick<
    CreateEndpoint,
    'url' | 'description' | 'events' | 'inboxes' | 'version' | 'ratePerSecond' | 'ordered' | 'enabled'
  > {
  _id: EndpointId
  /** Names for whoever looks, and all of them sealed: a value may be a password. */
  headerNames: string[]
  headers: string
  secrets: HeldSecret[]
  revision: number
  createdAt: Date
  /** Events from here on are for it: when it was made, or last turned on. */
  since: Date
  /** `notice`: the event that tells of it. */
  disabled: { why: DisabledWhy; at: Date; notice: EventId; isTold: boolean } | null
  failingSince: Date | null
  restsUntil: Date | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const endpointModel = (connection: Connection) => connection.model('Endpoint', schema, 'endpoints')
export const endpointsOf = (connection: Connection) => connection.collection<StoredEndpoint>('endpoints')

/** Counts what administrators change, so that nobody goes by what is over. */
const changesSchema = new Schema({ _id: String, count: Number }, { versionKey: false })
export const endpointChangesModel = (connection: Connection) =>
  connection.model('EndpointChanges', changesSchema, 'endpoint_changes')
export const changesOf = (connection: Connection) =>
  connection.collection<{ _id: 'endpoints'; count: number }>('endpoint_changes')

const textOf = (at: Date | null) => at?.toISOString() ?? null

export function shown(endpoint: StoredEndpoint): ShownEndpoint {
  const { _id: id, headerNames, headers: _h, since: _s, secrets, createdAt, disabled, ...rest } = endpoint
  return {
    id,
    ...rest,
    headers: headerNames,
    createdAt: createdAt.toISOString(),
    secrets: secrets.map((held) => ({
      id: held.id,
      scheme: held.publicKey === null ? 'v1' : 'v1a',
      publicKey: held.publicKey,
      createdAt: new Date(held.createdAt).toISOString(),
      until: held.until === null ? null : new Date(held.until).toISOString(),
    })),
    disabled: disabled && { why: disabled.why, at: disabled.at.toISOString() },
    failingSince: textOf(rest.failingSince),
    restsUntil: textOf(rest.restsUntil),
  }
}
