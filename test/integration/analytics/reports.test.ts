import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { MetricList, Report, TracedChat, TracedChats } from '../../../src/contract/analytics.ts'
import { metrics as everyMetric } from '../../../src/contract/metrics.ts'
import { until } from '../../../stores/process.ts'
import { adminKey } from '../../support/chat-node.ts'
import { aService, type Service, type ServiceProcess } from '../../support/service.ts'

let service: Service
let node: ServiceProcess
let people: Record<'bo' | 'supervisor' | 'ofShop', { id: string; token: string }>
const keys: Record<string, string> = {}
const visitorWords = 'unmistakable words'

const day = (apart: number) => new Date(Date.now() + apart * 86_400_000).toISOString().slice(0, 10)
/** Whatever midnight does to the test. */
const period = `from=${day(-1)}&until=${day(1)}`

async function call<T>(method: string, path: string, token: string | undefined, body?: object) {
  const answer = await fetch(`${node.url}${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : null) as T }
}

const asAdmin = async <T>(method: string, path: string, body?: object) =>
  (await call<T>(method, `/api/admin${path}`, adminKey, body)).body
const analytics = <T>(path: string, token = adminKey) => call<T>('GET', `/api/admin/analytics${path}`, token)
const report = async (query: string) => (await analytics<Report>(`/report?${period}&${query}`)).body
const errorOf = ({ status, body }: { status: number; body: { error: { code: string; details?: object[] } } }) => ({
  status,
  code: body.error.code,
  ...(body.error.details && { details: body.error.details }),
})
type Refusal = Parameters<typeof errorOf>[0]['body']

async function aPerson(name: string, about: object) {
  const email = `${name.toLowerCase()}@example.com`
  const { id } = await asAdmin<{ id: string }>('POST', '/agents', { name, email, capacity: 0, ...about })
  const { token } = await asAdmin<{ token: string }>('POST', `/agents/${id}/token`)
  return { id, token }
}

let messages = 0
async function aChat(inboxKey: string, email?: string) {
  const about = { inboxKey, name: 'Quixana', ...(email && { email }) }
  const { body } = await call<{ sessionId: string; token: string; visitorId: string }>(
    'POST',
    '/api/chat/sessions',
    undefined,
    about,
  )
  const { sessionId, token, visitorId } = body
  const post = (what: string, by: string, more: object = {}) =>
    call('POST', `/api/chat/sessions/${sessionId}/${what}`, by, more)
  const says = (by: string, content = visitorWords) =>
    post('messages', by, { content, clientMessageId: `message-${(messages += 1)}` })
  return { sessionId, token, visitorId, post, says }
}

/** Three chats of the shop, of which one is answered twice and rated, and one is missed; one elsewhere that goes on. */
async function whatHappened() {
  const answered = await aChat('shop', 'quixana@example.com')
  await answered.says(answered.token)
  await answered.says(people.bo.token, 'an answer')
  await answered.says(answered.token)
  await answered.says(people.bo.token, 'another answer')
  await call('PUT', `/api/chat/sessions/${answered.sessionId}/tags`, people.bo.token, { tags: ['vip'] })
  await answered.post('close', people.bo.token)
  await answered.post('rating', answered.token, { score: 5 })
  const missed = await aChat('shop')
  await missed.says(missed.token)
  await missed.post('close', missed.token)
  const silent = await aChat('shop')
  const open = await aChat('desk')
  await open.says(open.token)
  return { answered, missed, silent, open }
}

let happened: Awaited<ReturnType<typeof whatHappened>>

beforeAll(async () => {
  service = await aService({ times: { foldAnalytics: 200 } })
  node = await service.start('all')
  for (const key of ['shop', 'desk']) await asAdmin('POST', '/inboxes', { key, name: key, allowedOrigins: ['*'] })
  people = {
    bo: await aPerson('Bo', {}),
    supervisor: await aPerson('Sue', { role: 'supervisor' }),
    ofShop: await aPerson('Sam', { role: 'supervisor', inboxes: ['shop'] }),
  }
  for (const [name, about] of Object.entries({
    all: { scopes: ['admin'] },
    reading: { scopes: ['chats:read'] },
    figures: { scopes: ['analytics:read'] },
    ofShop: { scopes: ['analytics:read'], inboxes: ['shop'] },
  }))
    keys[name] = (await asAdmin<{ key: string }>('POST', '/keys', { name, ...about })).key
  happened = await whatHappened()
  const isFolded = async () => {
    const { total } = await report('metrics=visitor_messages,csat_score')
    return total.visitor_messages?.value === 4 && total.csat_score?.value === 5
  }
  if (!(await until(isFolded, 60_000))) throw new Error('the chats were not folded')
}, 180_000)
afterAll(() => service.close())

const valuesOf = (values: Report['total']) =>
  Object.fromEntries(Object.entries(values).map(([id, { value }]) => [id, value]))

const some =
  'sessions,active,closed,visitor_messages,agent_messages,resolved,missed,missed_share,abandoned,rated_share,csat_score'

describe('a report', () => {
  it('says what was done', async () => {
    const [all, byInbox, ofBo, tagged] = await Promise.all([
      report(`metrics=${some}`),
      report('by=inbox&metrics=sessions,missed'),
      report(`agent=${people.bo.id}&metrics=sessions,agent_messages,resolved,csat_score`),
      report('tag=vip&metrics=sessions,visitor_messages,missed'),
    ])
    expect({
      all: valuesOf(all.total),
      byInbox: byInbox.rows.map(({ key, label, values }) => [key, label, valuesOf(values)]).toSorted(),
      ofBo: valuesOf(ofBo.total),
      daysOfBo: ofBo.rows.every(({ key, label }) => label === key),
      tagged: valuesOf(tagged.total),
    }).toEqual({
      all: {
        ...{ sessions: 4, active: 3, closed: 2, visitor_messages: 4, agent_messages: 2, resolved: 1, missed: 1 },
        ...{ missed_share: 0.5, abandoned: 1, rated_share: 0.5, csat_score: 5 },
      },
      byInbox: [
        ['desk', 'desk', { sessions: 1, missed: 0 }],
        ['shop', 'shop', { sessions: 3, missed: 1 }],
      ],
      ofBo: { sessions: 1, agent_messages: 2, resolved: 1, csat_score: 5 },
      daysOfBo: true,
      tagged: { sessions: 1, visitor_messages: 2, missed: 0 },
    })
  })

  it('has agents’ time of all inboxes alone', async () => {
    const of = async (query: string) => valuesOf((await report(`${query}metrics=online_time,utilisation`)).total)
    expect([Object.values(await of('')), await of('inbox=shop,desk&')]).toEqual([
      [expect.any(Number), null],
      { online_time: null, utilisation: null },
    ])
  })

  it.each(['day', 'inbox', 'agent', 'hour_of_week'])('is exported by %s with the very same figures', async (by) => {
    // The length of the queue changes with every moment of a day that is not over.
    const ids = everyMetric.map(({ id }) => id).filter((id) => id !== 'queue_length')
    const query = `${period}&by=${by}&compare=previous&inbox=shop&metrics=${ids}`
    const [asked, json, csv] = await Promise.all([
      analytics<Report>(`/report?${query}`),
      analytics<Report>(`/export?${query}&format=json`),
      analytics(`/export?${query}`),
    ])
    const { rows, total, totalBefore } = asked.body
    const cells = (values: Report['total'] | undefined) => ids.map((id) => String(values?.[id]?.value ?? ''))
    const line = (key: string, label: string, values: Report['total'], before: Report['total'] | undefined) =>
      [key, label, ...cells(values), ...cells(before)].join(',')
    expect(json.body).toEqual({ ...asked.body, asOf: expect.any(String) })
    expect(csv.text.split('\r\n')).toEqual([
      [by, 'label', ...ids, ...ids.map((id) => `${id}_before`)].join(','),
      ...rows.map(({ key, label, values, before }) => line(key, label, values, before)),
      line('total', '', total, totalBefore),
      '',
    ])
  })
})

/** All pages of the chats behind a figure. */
async function traced(query: string): Promise<TracedChat[]> {
  const chats: TracedChat[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor && `&cursor=${cursor}`
    const { body } = await analytics<z.infer<typeof TracedChats>>(`/sessions?${period}&limit=1&${query}${more}`)
    chats.push(...body.chats)
    cursor = body.cursor
  }
  return chats
}

describe('the chats behind a figure', () => {
  const counts = everyMetric.filter(
    ({ unit, traceable, id }) => unit === 'count' && traceable && id !== 'queue_longest',
  )

  it.each(counts.map(({ id }) => id))('add up to it: %s', async (id) => {
    const chats = await traced(`metric=${id}`)
    const sum = chats.flatMap(({ values }) => values).reduce((all, { value }) => all + value, 0)
    expect(sum).toBe((await report(`metrics=${id}`)).total[id]?.value)
  })

  it.each(['hour', 'hour_of_day', 'hour_of_week'])('are those of a line by %s', async (by) => {
    const { rows } = await report(`by=${by}&metrics=visitor_messages`)
    const counted = rows.flatMap(({ key, values }) => (values.visitor_messages?.value ? [key] : []))
    const lines = await Promise.all(counted.map((key) => traced(`metric=visitor_messages&hour=${key}`)))
    const sums = lines.map((chats) => chats.flatMap(({ values }) => values).reduce((all, { value }) => all + value, 0))
    expect([counted, sums]).toEqual([
      expect.arrayContaining([expect.any(String)]),
      rows.flatMap(({ values }) => values.visitor_messages?.value || []),
    ])
  })

  it('are not asked for where the figure is not known, which is null there', async () => {
    const { rows } = await report('by=agent&metrics=visitor_messages,agent_messages')
    const { status, body } = await analytics(`/sessions?${period}&metric=visitor_messages&agent=${rows[0]?.key}`)
    expect([rows.map(({ values }) => values), status, body]).toEqual([
      rows.map(() => ({
        visitor_messages: { value: null, of: 0 },
        agent_messages: { value: expect.any(Number), of: expect.any(Number) },
      })),
      400,
      {
        error: expect.objectContaining({
          code: 'invalid_input',
          details: [{ path: 'metric', problem: 'is not known of one agent' }],
        }),
      },
    ])
    expect(rows).not.toEqual([])
  })

  it('are none in another hour', async () => {
    const weekday = ((new Date().getUTCDay() + 3) % 7) + 1
    expect(await traced(`metric=sessions&hour=${weekday}-09`)).toEqual([])
  })

  it('are those of the filter, and say who did it', async () => {
    const [chat, ...others] = await traced(`metric=first_response_avg&agent=${people.bo.id}`)
    const { total } = await report('metrics=first_response_avg')
    expect([others, chat]).toEqual([
      [],
      {
        ...{ sessionId: happened.answered.sessionId, inbox: 'shop', channel: 'web', tags: ['vip'] },
        ...{ startedAt: expect.any(String), closedAt: expect.any(String), people: [{ id: people.bo.id, name: 'Bo' }] },
        values: [
          {
            ...{ at: expect.any(String), of: 'first_response', by: people.bo.id },
            value: total.first_response_avg?.value,
          },
        ],
      },
    ])
  })
})

describe('who may see it', () => {
  const paths = ['/metrics', `/report?${period}`, `/export?${period}`, `/sessions?${period}&metric=sessions`]

  it.each(paths)('is supervisors, administrators and keys for it: %s', async (path) => {
    const wanted = ['', people.bo.token, keys.reading, people.supervisor.token, keys.figures, keys.all, adminKey]
    const statuses = await Promise.all(wanted.map(async (token) => (await analytics(path, token)).status))
    expect(statuses).toEqual([401, 403, 403, 200, 200, 200, 200])
  })

  it.each([
    ['somebody', () => people.ofShop.token],
    ['a key', () => keys.ofShop],
  ])('is %s of some inboxes, for these alone', async (_, tokenOf) => {
    const token = tokenOf()
    const [all, lines, chats, ...others] = await Promise.all([
      analytics<Report>(`/report?${period}&metrics=sessions,online_time`, token),
      analytics<Report>(`/report?${period}&by=inbox&metrics=sessions`, token),
      analytics<z.infer<typeof TracedChats>>(`/sessions?${period}&metric=sessions`, token),
      ...['/report?', '/export?', '/sessions?metric=sessions&'].map((path) =>
        analytics<Refusal>(`${path}${period}&inbox=shop,desk`, token),
      ),
    ])
    expect({
      total: valuesOf(all.body.total),
      lines: lines.body.rows.map(({ key }) => key),
      inboxes: new Set(chats.body.chats.map(({ inbox }) => inbox)),
      others: others.map(({ status }) => status),
    }).toEqual({
      total: { sessions: 3, online_time: null },
      ...{ lines: ['shop'], inboxes: new Set(['shop']), others: [404, 404, 404] },
    })
  })
})

it.each([
  ['two filters', '/report?agent=a&tag=b&', /only one of/],
  ['the end before the beginning', '/report?from=2026-11-02&until=2026-11-01', /ends before it begins/],
  ['what is no day', '/report?from=2026-02-30&until=2026-03-01', /from/],
  ['a day beyond the calendar', '/report?from=9999-12-31&until=9999-12-31', /must be from 1970 to 2999/],
  ['too long a time', '/report?from=2000-01-01&until=2026-01-01', /3700 days at most/],
  ['too many hours', '/report?by=hour&from=2026-01-01&until=2026-11-01', /93 by the hour/],
  ['a figure that there is not', '/report?metrics=sessions,happiness&', /is no metric/],
  ['a cell that is not rolled up', '/report?by=tag&agent=a&', /cannot be told of one agent/],
  ['a field that there is not', '/report?agents=a&', /agents/],
  ['a place in another list', '/sessions?metric=sessions&cursor=99&', /not of this list/],
  ['what is no hour', '/sessions?metric=sessions&hour=24&', /must be the key of a line by hour/],
  ['chats behind what is made of none', '/sessions?metric=online_time&', /is not made of chats/],
])('refuses %s, and says why', async (_, path, why) => {
  const answer = await analytics<Refusal>(path.includes('from=') ? path : `${path}${period}`)
  const { status, code, details } = errorOf(answer)
  expect({ status, code, why: JSON.stringify(details) }).toEqual({
    ...{ status: 400, code: 'invalid_input' },
    why: expect.stringMatching(why),
  })
})

it('tells what each figure is', async () => {
  const { body } = await analytics<z.infer<typeof MetricList>>('/metrics')
  expect(body.metrics).toEqual(everyMetric.map(({ reckon: _, ...told }) => told))
})

it('keeps no word and nothing of a visitor, before an erasure and after it, and counts as before', async () => {
  const connection = await mongoose.createConnection(service.stores.mongodbUrl).asPromise()
  const dump = async () =>
    JSON.stringify(
      await Promise.all(['session_facts', 'rollups'].map((name) => connection.collection(name).find().toArray())),
    )
  const { visitorId } = happened.answered
  const foreign = new RegExp(`${visitorId}|${visitorWords}|Quixana|quixana@`)
  const before = await dump()
  const { id } = await asAdmin<{ id: string }>('POST', '/privacy/erasures', { email: 'quixana@example.com' })
  const poll = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000, interval: 100 })
  const _id = happened.answered.sessionId as never
  const isFolded = async () => {
    const row = await connection.collection('session_facts').findOne({ _id })
    const summary = await connection.collection('sessions').findOne({ _id })
    return row?.seq === summary?.projectedSeq
  }
  await poll(async () => (await asAdmin<{ state: string }>('GET', `/privacy/erasures/${id}`)).state).toBe('done')
  await poll(isFolded).toBe(true)
  await poll(() => connection.collection('session_facts').countDocuments({ isStale: true })).toBe(0)
  const after = await dump()
  await connection.close()
  expect([before, after].map((text) => foreign.exec(text)?.[0])).toEqual([undefined, undefined])
  expect(valuesOf((await report(`metrics=${some}`)).total)).toMatchObject({ sessions: 4, visitor_messages: 4 })
})
