import nock from 'nock'
import { pino } from 'pino'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { FrozenCall } from '../../../src/bridge/port/call.ts'
import { createZendeskApi } from '../../../src/connectors/zendesk/api.ts'
import { createAuthorization } from '../../../src/connectors/zendesk/authorization.ts'
import { createZendeskConnector } from '../../../src/connectors/zendesk/connector.ts'
import { createDownload } from '../../../src/connectors/zendesk/download.ts'
import type { Body } from '../../../src/connectors/zendesk/plan/body.ts'
import { always, createRenewable } from '../../../src/connectors/zendesk/renewable.ts'
import { createZendeskSdk } from '../../../src/connectors/zendesk/sdk.ts'
import type { OurApp } from '../../../src/connectors/zendesk/sidebar/whose-word.ts'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import { AgentId, type FileId } from '../../../src/contract/ids.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import type { ZendeskConfig } from '../../../src/platform/settings.ts'

const origin = 'https://acme.zendesk.com'

export const webhookSecret = 'the webhooks’ secret'

/** An agent of ours, whom the account may know by their email. */
export const margaret = AgentId.parse(`agt_${'3'.repeat(24)}`)

const pace = { limit: 100, windowMs: 60_000, burst: 10 }

export const configFor = (url: string, auth: ZendeskConfig['auth']): ZendeskConfig => ({
  url,
  auth,
  webhookSecret,
  sessionField: 'chat_session_id',
  userField: 'user_id',
  requests: { ...pace, limit: 400 },
  updates: pace,
  ticketUpdates: { limit: 30, windowMs: 600_000, burst: 5 },
})

export const oauth = { kind: 'oauth' as const, clientId: 'id', clientSecret: 'secret' }

export function connectorAt(
  url: string,
  options: {
    auth?: ZendeskConfig['auth']
    timeoutMs?: number
    now?: () => number
    inbox?: Inbox
    files?: ReadonlyMap<FileId, Uint8Array>
  } = {},
) {
  const logged: { msg: string; [fact: string]: unknown }[] = []
  const logger = pino({ level: 'info', base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const clock = { now: Date.UTC(2026, 0, 2, 12) }
  const now = options.now ?? (() => clock.now)
  const auth = options.auth ?? oauth
  const timeoutMs = options.timeoutMs ?? 5_000
  const authorization = createAuthorization({ url, auth, timeoutMs, now })
  const api = createZendeskApi(createZendeskSdk({ url, timeoutMs, authorization }))
  const { connector, mount } = createZendeskConnector({
    config: configFor(url, auth),
    api,
    download: createDownload({ url, authorization, timeoutMs }),
    transcripts: { page: async (session, upTo) => Buffer.from(`${session} up to ${upTo}`) },
    files: { of: async (file) => options.files?.get(file) ?? null },
    webhookSecret: always(webhookSecret),
    ownUser: always('1001'),
    ourApp: createRenewable<OurApp>({ ask: async () => null, now }),
    signIns: { vouchedFor: async () => null, renew: () => Promise.reject(new DeskbridgeError('unauthorized')) },
    filesOrigin: 'https://files.example',
    mailsInPublic: true,
    inboxes: { find: async () => options.inbox ?? null, list: async () => (options.inbox ? [options.inbox] : []) },
    people: { emailOf: async (agent) => (agent === margaret ? 'margaret@example.com' : null) },
    linkTo: ({ id }) => `https://files.example/${id}`,
    now,
    logger,
  })
  return { api, connector, mount, clock, logged }
}

interface Answer {
  /** A documented answer's name; its body's objects are given other values by `values`. */
  name?: string
  values?: Record<string, unknown>
  status?: number
  headers?: Record<string, string>
  /** In place of the documented body. */
  text?: string
}

/** Objects are merged, everything else is replaced. Fields that the documentation does not have are an error. */
function changed(documented: unknown, values: unknown, path: string): unknown {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject(documented) || !isObject(values)) return values
  const unknown = Object.keys(values).filter((field) => !(field in documented))
  if (unknown.length > 0 && !path.endsWith('custom')) throw new Error(`${path} has no ${unknown.join(', ')}`)
  const entries = Object.entries(values).map(([field, value]) => [
    field,
    changed(documented[field], value, `${path}.${field}`),
  ])
  return { ...documented, ...Object.fromEntries(entries) }
}

/** Documented answers of an account, each given once, and what was asked. */
export function anAccount(options: Parameters<typeof connectorAt>[1] = {}) {
  const asked: { request: string; body: unknown; key: string | undefined; authorization: string | undefined }[] = []

  const answer = (method: 'get' | 'post' | 'put', path: string, { name, values, status, headers, text }: Answer) => {
    const shape = name === undefined ? null : fixture(name)
    nock(origin)
      [method]((uri) => decodeURIComponent(uri) === path)
      .reply(function (uri, body) {
        const sent = this.req.headers
        asked.push({
          request: `${method.toUpperCase()} ${decodeURIComponent(uri)}`,
          body: body === '' ? null : body,
          key: sent['idempotency-key'] ? String(sent['idempotency-key']) : undefined,
          authorization: sent.authorization ? String(sent.authorization) : undefined,
        })
        return [
          status ?? shape?.status ?? 200,
          text ?? JSON.stringify(shape && changed(shape.body, values ?? {}, name ?? '')),
          { 'content-type': text === undefined ? 'application/json' : 'text/html', ...shape?.headers, ...headers },
        ]
      })
  }

  const account = {
    ...connectorAt(origin, options),
    asked,
    answer,
    requests: () => asked.map(({ request }) => request),
    bodyOf: (request: string) => asked.find((one) => one.request === request)?.body,
    token: () => answer('post', '/oauth/tokens', { name: 'zendesk/oauth.tokens' }),
    fields: (there: readonly string[] = ['chat_session_id', 'user_id']) =>
      answer('get', '/api/v2/ticket_fields.json?page[size]=100', {
        name: 'zendesk/ticket_fields.list',
        values: { ticket_fields: there.map((title, index) => aField(title, 501 + index)) },
      }),
    audits: (ticket: number, audits: readonly unknown[], users: readonly unknown[] = []) =>
      answer('get', `/api/v2/tickets/${ticket}/audits.json?page[size]=100&include=users`, {
        name: 'zendesk/audits.list',
        values: { audits, users },
      }),
    ticket: (id: number, values: Record<string, unknown> = {}) =>
      answer('get', `/api/v2/tickets/${id}.json`, {
        name: 'zendesk/ticket.show',
        values: { ticket: { id, ...values } },
      }),
  }
  account.token()
  return account
}

export const aField = (title: string, id: number, values: Record<string, unknown> = {}) => ({
  ...Object(fixture('zendesk/ticket_fields.list').body.ticket_fields)[0],
  title,
  id,
  ...values,
})

/** The documented audit with one comment. */
export function anAudit(values: {
  id: number | string
  comment: number | string
  body?: string
  public?: boolean
  author?: number
  marker?: string
}) {
  const [documented] = Object(fixture('zendesk/audits.list').body.audits)
  const { id, comment, marker } = values
  const event = {
    ...documented.events[0],
    id: comment,
    public: values.public ?? true,
    body: values.body ?? 'Hello',
    author_id: values.author ?? 35436,
  }
  return { ...documented, id, metadata: { custom: marker ? { deskbridge: marker } : {} }, events: [event] }
}

export const aUser = (id: number, role: string, name = 'Robert Schneider') => ({ id, name, role })

export const frozen = (body: Body, call: Partial<FrozenCall> = {}): FrozenCall => ({
  from: 2,
  to: 2,
  part: 1,
  parts: 1,
  lane: 'urgent',
  budgets: [],
  marker: 'mark-1',
  startedAt: 0,
  body,
  ...call,
})
