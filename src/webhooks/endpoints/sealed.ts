import type { EndpointId } from '../../contract/ids.ts'
import { EndpointHeaders } from '../../contract/webhook-headers.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'
import { resealSecret } from '../call/secrets.ts'
import type { StoredEndpoint } from './stored.ts'

const ownerOf = (id: EndpointId) => `webhook-headers:${id}`

export const sealHeaders = (sealing: SealedSecrets, id: EndpointId, headers: EndpointHeaders): string =>
  sealing.seal(JSON.stringify(headers), ownerOf(id))

export const openHeaders = (sealing: SealedSecrets, { _id, headers }: StoredEndpoint): EndpointHeaders =>
  EndpointHeaders.parse(JSON.parse(sealing.open(headers, ownerOf(_id))))

/** What the installation's secret before has sealed, sealed by the one of now; null: all of it is. */
export function sealedAnew(
  sealing: SealedSecrets,
  endpoint: StoredEndpoint,
): Pick<StoredEndpoint, 'headers' | 'secrets'> | null {
  const { _id, headers, secrets } = endpoint
  if (sealing.isCurrent(headers) && secrets.every(({ sealed }) => sealing.isCurrent(sealed))) return null
  return {
    headers: sealHeaders(sealing, _id, openHeaders(sealing, endpoint)),
    secrets: secrets.map((held) => resealSecret(sealing, _id, held)),
  }
}
