import { Hono } from 'hono'
import mongoose from 'mongoose'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { checkDigest } from '../../src/analytics/digests/check-digest.ts'
import { queryOf } from '../../src/analytics/digests/query-of.ts'
import { type SendDigestsDeps, sendDigests } from '../../src/analytics/digests/send-digests.ts'
import { sendNow } from '../../src/analytics/digests/send-now.ts'
import type { DigestMail, DigestPost, DigestWays } from '../../src/analytics/digests/ways.ts'
import { viewRoutes } from '../../src/analytics/views/routes.ts'
import { viewsOf } from '../../src/analytics/views/stored.ts'
import { createViews, viewModels } from '../../src/analytics/views/views.ts'
import type { Digest, NewView, Report, ReportQuery, SavedView } from '../../src/contract/analytics.ts'
import { DeskbridgeError } from '../../src/contract/errors.ts'
import { AgentId } from '../../src/contract/ids.ts'
import type { HandedOver } from '../../src/platform/handed-over.ts'
import { onError } from '../../src/platform/http/errors.ts'
import { createIds } from '../../src/platform/ids.ts'
import { freshStores } from './stores.ts'

const logger = pino({ level: 'silent' })

export const aView = (more: Partial<NewView> = {}) => ({
  name: 'Every morning',
  period: '7_days' as const,
  by: 'day' as const,
  metrics: ['sessions', 'first_response_p90', 'missed_share'],
  ...more,
})

export const aDigest = (more: Partial<Digest> = {}): Digest => ({
  every: 'day',
  at: '08:00',
  timeZone: 'Europe/Madrid',
  to: { kind: 'email', addresses: ['ana@example.com'] },
  ...more,
})

const values = (sessions: number, response: number | null, missed: number | null) => ({
  sessions: { value: sessions, of: sessions },
  first_response_p90: { value: response, of: 1 },
  missed_share: { value: missed, of: 1 },
})

export const aReport = (query: Pick<ReportQuery, 'from' | 'until'>): Report => ({
  ...{ from: query.from, until: query.until, by: 'day', hours: 'calendar' },
  compared: { from: '2026-11-16', until: '2026-11-22' },
  total: values(120, 125_000, 0.045),
  totalBefore: values(100, 250_000, 0.03),
  rows: [
    { key: '2026-11-23', label: 'Monday <3', values: values(80, 60_000, 0) },
    { key: '2026-11-24', label: '=1+1', values: values(40, null, null) },
  ],
  asOf: '2026-11-30T06:59:00.000Z',
  definitionVersion: 1,
})

/**
 * Saved views on real stores, behind their routes, with a clock that the test moves. A token is the inboxes of whoever asks,
 * with commas. What is sent is kept, and met by `outcomes` in their order.
 */
export async function reportViews(options: { at?: string; ways?: Partial<DigestWays> } = {}) {
  const stores = await freshStores()
  const connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  onTestFinished(async () => {
    await connection.close()
    await stores.drop()
  })
  for (const model of viewModels) await model(connection).init()
  const clock = { now: Date.parse(options.at ?? '2026-11-30T06:30:00Z') }
  const now = () => clock.now
  const ids = createIds()
  const asked: ReportQuery[] = []
  const mails: DigestMail[] = []
  const posts: DigestPost[] = []
  const outcomes: (HandedOver | 'dies')[] = []
  const state = { report: async (query: ReportQuery): Promise<Report> => aReport(query) }

  const met = async (): Promise<HandedOver> => {
    const next = outcomes.shift() ?? { kind: 'taken' }
    if (next === 'dies') return new Promise(() => {})
    return next
  }
  const ways: DigestWays = {
    mail(mail) {
      mails.push(mail)
      return met()
    },
    slack(post) {
      posts.push(post)
      return met()
    },
    ...options.ways,
  }
  const views = createViews({
    connection,
    inboxes: {
      async get(key) {
        if (key === 'gone') throw new DeskbridgeError('not_found')
      },
    },
    checkDigest: (digest) => checkDigest(ways, digest),
    checkQuestion: (view) => void queryOf(view, '2026-11-30'),
    newId: () => `viw_${ids.token()}`,
    now,
  })
  const sending: SendDigestsDeps = {
    connection,
    report(query) {
      asked.push(query)
      return state.report(query)
    },
    ways,
    publicUrl: 'https://chat.example',
    newToken: ids.token,
    random: () => 0,
    now,
    logger,
  }
  const app = new Hono()
  app.onError(onError(logger))
  app.route(
    '/views',
    viewRoutes({
      views,
      sendNow: (id, by) => sendNow({ connection, ways, now }, id, by),
      who: {
        atLeast: async (c) =>
          ({
            ...{ kind: 'agent', id: AgentId.parse(`agt_${'0'.repeat(24)}`), name: 'Sue', role: 'supervisor' },
            inboxes: (c.req.header('authorization') ?? '').split(',').filter(Boolean),
          }) as never,
      },
    }),
  )

  const call = async (method: string, path: string, body?: object, inboxes = '') => {
    const answer = await app.request(`/views${path}`, {
      method,
      headers: { authorization: inboxes },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
  }

  return {
    connection,
    call,
    asked,
    mails,
    posts,
    outcomes,
    state,
    now,
    pass: (ms: number) => void (clock.now += ms),
    at: (text: string) => void (clock.now = Date.parse(text)),
    /** A look at what is due, as one of any number of processes. */
    sweep: () => sendDigests(sending),
    async save(more: Partial<NewView> = {}): Promise<SavedView> {
      return (await call('POST', '', aView(more))).body
    },
    stored: (id: string) => viewsOf(connection).findOne({ _id: id }),
    lastSent: async (id: string) =>
      (await call('GET', '')).body.views.find((view: SavedView) => view.id === id).lastSent as SavedView['lastSent'],
  }
}
