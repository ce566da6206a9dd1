import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EndpointId } from '../../contract/ids.ts'
import { endpointsOf, type StoredEndpoint } from './stored.ts'

/** Throws `not_found`, also for a text that is no id. */
export async function findEndpoint(connection: Connection, id: string): Promise<StoredEndpoint> {
  const parsed = EndpointId.safeParse(id)
  const endpoint = parsed.success ? await endpointsOf(connection).findOne({ _id: parsed.data }) : null
  if (!endpoint) throw new DeskbridgeError('not_found')
  return endpoint
}

/** As the store has it now. */
export const isOn = async (connection: Connection, _id: EndpointId): Promise<boolean> =>
  (await endpointsOf(connection).findOne({ _id, enabled: true }, { projection: { _id: 1 } })) !== null
