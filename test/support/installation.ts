import type { z } from 'zod'
import type { AdminApi } from '../../src/config-as-code/admin-api.ts'
import { type ChangeCanned, CreateCanned, type ShownCanned } from '../../src/contract/canned.ts'
import { DeskbridgeError } from '../../src/contract/errors.ts'
import { CannedId, EndpointId } from '../../src/contract/ids.ts'
import { type ChangeInbox, Inbox, type VersionedInbox } from '../../src/contract/inbox.ts'
import { type ChangeEndpoint, CreateEndpoint, type ShownEndpoint } from '../../src/contract/webhook.ts'
import type { Configuration } from './configurations.ts'

const at = '2026-06-30T08:30:00.000Z'
const by = { kind: 'admin', id: 'key', name: null } as const
const untroubled = { createdAt: at, secrets: [], disabled: null, failingSince: null, restsUntil: null }

/** The routes of an installation that configuration goes by, in memory. `failsAt`: the request that is not answered. */
export function anInstallation({ inboxes = [], responses = [], endpoints = [] }: Partial<Configuration> = {}) {
  const kept = new Map<string, VersionedInbox>()
  const texts = new Map<string, ShownCanned>()
  const told = new Map<string, ShownEndpoint>()
  const sent: string[] = []
  let failsAt: number | null = null

  const mustBe = (version: number | undefined, there: number | undefined) => {
    if (there !== version) throw new DeskbridgeError('version_conflict')
  }
  const nextId = <T extends z.ZodType>(form: T, prefix: string, of: Map<string, unknown>): z.infer<T> =>
    form.parse(`${prefix}_${String(of.size + sent.length).padStart(24, '0')}`)
  const make = (path: string, body: object) => {
    if (path === '/api/admin/inboxes') {
      const inbox = Inbox.parse(body)
      return kept.set(inbox.key, { ...inbox, version: 1 })
    }
    if (path === '/api/admin/canned') {
      const id = nextId(CannedId, 'can', texts)
      const response = CreateCanned.parse(body)
      return texts.set(id, { id, ...response, version: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by })
    }
    const id = nextId(EndpointId, 'end', told)
    const { scheme: _, headers, ...endpoint } = CreateEndpoint.parse(body)
    return told.set(id, { id, ...endpoint, headers: headers.map(({ name }) => name), revision: 1, ...untroubled })
  }
  const change = (name: string, given: object) => {
    const { version, revision, ...body } = given as ChangeInbox & ChangeCanned & ChangeEndpoint
    const [inbox, response, endpoint] = [kept.get(name), texts.get(name), told.get(name)]
    if (endpoint) {
      mustBe(revision, endpoint.revision)
      told.set(name, { ...endpoint, ...body, revision: endpoint.revision + 1 } as ShownEndpoint)
      return
    }
    const there = (inbox ?? response)?.version
    mustBe(version, there)
    const next = { ...body, version: (there ?? 0) + 1 }
    if (inbox) kept.set(name, { ...inbox, ...next } as VersionedInbox)
    if (response) texts.set(name, { ...response, ...next } as ShownCanned)
  }
  const remove = (name: string, version: string | undefined) => {
    if (told.delete(name)) return
    mustBe(Number(version), texts.get(name)?.version)
    texts.delete(name)
  }
  const lists = [
    ['/api/admin/inboxes', () => ({ inboxes: [...kept.values()] })],
    ['/api/admin/canned', () => ({ responses: [...texts.values()], cursor: null })],
    ['/api/admin/webhooks', () => ({ endpoints: [...told.values()] })],
  ] as const

  const api: AdminApi = {
    async get(path, schema) {
      return schema.parse(lists.find(([beginning]) => path.startsWith(beginning))?.[1]())
    },
    async send(method, path, body = {}) {
      if (sent.length === failsAt) throw new DeskbridgeError('unavailable', { message: 'It does not answer.' })
      sent.push(`${method} ${path}`)
      const [name = '', version] = path.split('/').at(-1)?.split('?version=') ?? []
      if (method === 'POST') make(path, body)
      if (method === 'PATCH') change(name, body)
      if (method === 'DELETE') remove(name, version)
    },
  }
  for (const inbox of inboxes) make('/api/admin/inboxes', inbox)
  for (const response of responses) make('/api/admin/canned', response)
  for (const endpoint of endpoints) make('/api/admin/webhooks/endpoints', endpoint)
  return {
    api,
    sent,
    failAfter: (requests: number | null) => void (failsAt = requests === null ? null : sent.length + requests),
  }
}
