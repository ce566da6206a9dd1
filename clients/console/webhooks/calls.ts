import type { Inbox } from '../../../src/contract/inbox.ts'
import type {
  CreatedEndpoint,
  DeliveryPage,
  EndpointCounts,
  RotateSecret,
  ShownDelivery,
  ShownEndpoint,
  ShownReplay,
  StartReplay,
  WholeDelivery,
} from '../../../src/contract/webhook.ts'
import type { Api } from '../frame/api.ts'
import { type DeliveryFilter, queryOf } from './deliveries/filter.ts'
import { type WrittenEndpoint, writtenChanges } from './endpoints/written.ts'
import type { EventType } from './events/event-type.ts'

/** An endpoint with what is on its way to it. */
export interface WholeEndpoint {
  endpoint: ShownEndpoint
  counts: EndpointCounts
  replays: readonly ShownReplay[]
}

const base = '/api/admin/webhooks'
const pageSize = 50
/** So many endpoints are asked about at once. */
const atOnce = 8

export function webhookCalls(api: Api) {
  const of = (id: string) => `${base}/endpoints/${id}`
  const countsOf = (id: string) => api.get<EndpointCounts>(`${of(id)}/counts`)
  const replaysOf = async (id: string) => (await api.get<{ replays: ShownReplay[] }>(`${of(id)}/replays`)).replays
  const find = (endpoint: string, filter: DeliveryFilter, cursor?: string) =>
    api.get<DeliveryPage>(`${base}/deliveries`, { endpoint, ...queryOf(filter), cursor, limit: pageSize })

  return {
    types: async () => (await api.get<{ types: EventType[] }>(`${base}/types`)).types,
    inboxes: async () => (await api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes')).inboxes,
    list: async () => (await api.get<{ endpoints: ShownEndpoint[] }>(`${base}/endpoints`)).endpoints,
    /** One that was removed meanwhile is left out. */
    async counts(ids: readonly string[]): Promise<ReadonlyMap<string, EndpointCounts>> {
      const counted = new Map<string, EndpointCounts>()
      const count = async (id: string) => {
        const counts = await countsOf(id).catch(() => null)
        if (counts) counted.set(id, counts)
      }
      for (let from = 0; from < ids.length; from += atOnce) await Promise.all(ids.slice(from, from + atOnce).map(count))
      return counted
    },
    async whole(id: string): Promise<WholeEndpoint> {
      const [endpoint, counts, replays] = await Promise.all([one(id), countsOf(id), replaysOf(id)])
      return { endpoint, counts, replays }
    },
    one,
    create: ({ headers, ...endpoint }: WrittenEndpoint) =>
      api.post<CreatedEndpoint>(`${base}/endpoints`, { ...endpoint, headers: headers ?? [] }),
    change: (id: string, revision: number, before: WrittenEndpoint, now: WrittenEndpoint) =>
      api.patch<ShownEndpoint>(of(id), { ...writtenChanges(before, now), revision }),
    turnOn: ({ id, revision }: ShownEndpoint) => api.patch<ShownEndpoint>(of(id), { enabled: true, revision }),
    remove: (id: string) => api.remove(of(id)),
    rotate: (id: string, wanted: RotateSecret) => api.post<CreatedEndpoint>(`${of(id)}/secrets`, wanted),
    test: (id: string, type: string) => api.post<WholeDelivery>(`${of(id)}/test`, { type }),
    recover: async (id: string, since: string) =>
      (await api.post<{ count: number }>(`${of(id)}/recover`, { since })).count,
    replay: (id: string, wanted: StartReplay) => api.post<ShownReplay>(`${of(id)}/replays`, wanted),
    find,
    /** As many as were shown before, read anew. */
    async findAsFar(endpoint: string, filter: DeliveryFilter, least: number): Promise<DeliveryPage> {
      const deliveries: ShownDelivery[] = []
      let cursor: string | null = null
      do {
        const page: DeliveryPage = await find(endpoint, filter, cursor ?? undefined)
        deliveries.push(...page.deliveries)
        cursor = page.cursor
      } while (cursor !== null && deliveries.length < least)
      return { deliveries, cursor }
    },
    delivery: (id: string) => api.get<WholeDelivery>(`${base}/deliveries/${id}`),
    resend: (id: string) => api.post<ShownDelivery>(`${base}/deliveries/${id}/resend`),
  }

  function one(id: string) {
    return api.get<ShownEndpoint>(of(id))
  }
}

export type WebhookCalls = ReturnType<typeof webhookCalls>
