import type { AdminApi } from '../../src/config-as-code/admin-api.ts'
import { type ChangeCanned, CreateCanned, type ShownCanned } from '../../src/contract/canned.ts'
import { DeskbridgeError } from '../../src/contract/errors.ts'
import { CannedId } from '../../src/contract/ids.ts'
import { type ChangeInbox, Inbox, type VersionedInbox } from '../../src/contract/inbox.ts'
import type { Configuration } from './configurations.ts'

const at = '2026-06-30T08:30:00.000Z'
const by = { kind: 'admin', id: 'key', name: null } as const

/** The routes of an installation that configuration goes by, in memory. `failsAt`: the request that is not answered. */
export function anInstallation({ inboxes = [], responses = [] }: Partial<Configuration> = {}) {
  const kept = new Map<string, VersionedInbox>()
  const texts = new Map<string, ShownCanned>()
  const sent: string[] = []
  let failsAt: number | null = null

  const mustBe = (version: number | undefined, there: { version: number } | undefined) => {
    if (there?.version !== version) throw new DeskbridgeError('version_conflict')
  }
  const make = (path: string, body: object) => {
    if (path === '/api/admin/inboxes') {
      const inbox = Inbox.parse(body)
      return kept.set(inbox.key, { ...inbox, version: 1 })
    }
    const id = CannedId.parse(`can_${String(texts.size + sent.length).padStart(24, '0')}`)
    const response = CreateCanned.parse(body)
    return texts.set(id, { id, ...response, version: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by })
  }
  const change = (name: string, body: object) => {
    const inbox = kept.get(name)
    const response = texts.get(name)
    mustBe((body as ChangeInbox & ChangeCanned).version, inbox ?? response)
    const version = ((inbox ?? response)?.version ?? 0) + 1
    if (inbox) kept.set(name, { ...inbox, ...body, version } as VersionedInbox)
    if (response) texts.set(name, { ...response, ...body, version } as ShownCanned)
  }

  const api: AdminApi = {
    async get(path, schema) {
      return schema.parse(
        path.startsWith('/api/admin/inboxes')
          ? { inboxes: [...kept.values()] }
          : { responses: [...texts.values()], cursor: null },
      )
    },
    async send(method, path, body = {}) {
      if (sent.length === failsAt) throw new DeskbridgeError('unavailable', { message: 'It does not answer.' })
      sent.push(`${method} ${path}`)
      const [name = '', version] = path.split('/').at(-1)?.split('?version=') ?? []
      if (method === 'POST') make(path, body)
      if (method === 'PATCH') change(name, body)
      if (method !== 'DELETE') return
      mustBe(Number(version), texts.get(name))
      texts.delete(name)
    },
  }
  for (const inbox of inboxes) make('/api/admin/inboxes', inbox)
  for (const response of responses) make('/api/admin/canned', response)
  return {
    api,
    sent,
    failAfter: (requests: number | null) => void (failsAt = requests === null ? null : sent.length + requests),
  }
}
