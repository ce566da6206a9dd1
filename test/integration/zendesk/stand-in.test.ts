import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, expect, it } from 'vitest'
import type { z } from 'zod'
import { startZendesk } from '../../../sandbox/zendesk/start.ts'
import { type FrozenCall, type LinkView, type Receipt, RemoteFailure } from '../../../src/bridge/port.ts'
import { openZendesk } from '../../../src/connectors/zendesk/open.ts'
import { setUp } from '../../../src/connectors/zendesk/setup/set-up.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import type { FileId } from '../../../src/contract/ids.ts'
import type { TicketSettings } from '../../../src/contract/inbox.ts'
import { freePort, until } from '../../../stores/process.ts'
import { configFor, connectorAt, margaret, oauth, webhookSecret } from './account.ts'
import { aFile, aLink, bo, closed, readOf, requested, said, sent, session, started, visitorId } from './events.ts'
import { anInbox } from './planning.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** A connector on a stand-in of Zendesk, over real HTTP. */
async function aStand(
  options: {
    timeoutMs?: number
    zendesk?: z.input<typeof TicketSettings>
    files?: ReadonlyMap<FileId, Uint8Array>
  } = {},
) {
  const stand = await startZendesk({ port: 0, ...oauth, webhookSecret, factor: 1 })
  stops.push(stand.stop)
  const inbox = anInbox({ zendesk: options.zendesk })
  const { connector, mount } = connectorAt(stand.url, { ...options, inbox, now: Date.now })
  const put = (path: string, body: unknown, method = 'PUT') =>
    fetch(`${stand.url}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const read = async (path: string) => (await fetch(`${stand.url}${path}`)).json()
  let link: LinkView = aLink()

  return {
    connector,
    mount,
    link: () => link,
    put,
    faults: (rules: readonly object[]) => put('/sandbox/faults', rules),
    tickets: () => read(`/sandbox/tickets?external_id=${session}`),
    mails: () => read('/sandbox/mails'),
    /** So that the ticket's stamp, which has whole seconds, shows what happens next. */
    laterSecond: () => until(() => Date.now() >= Number(link.remote.stampAt) + 1_050, 5_000),
    async setUp() {
      const config = configFor(stand.url, oauth)
      const account = openZendesk(config, { publicUrl: stand.url, times: { callTimeout: 5_000 }, now: Date.now })
      await Array.fromAsync(setUp(account.pieces))
    },
    /** Makes a call at the time that it may be made at, which the stamps' whole seconds make a real wait. */
    async perform(call: FrozenCall): Promise<Receipt> {
      await until(() => Date.now() >= (call.notBefore ?? 0), 5_000)
      return connector.perform(call, link)
    },
    async form(log: readonly LogEvent[], marker: string): Promise<FrozenCall> {
      const events = log.filter((event) => event.seq > link.cursor)
      const next = await connector.next(link, events, readOf(log))
      if (!next) throw new Error('nothing to bring')
      return { ...next, marker, startedAt: Date.now() }
    },
    record(call: FrozenCall, { remote }: Receipt) {
      link = { ...link, remote, cursor: call.to }
    },
    async bring(log: readonly LogEvent[], marker: string) {
      const call = await this.form(log, marker)
      this.record(call, await this.perform(call))
    },
  }
}

const fail = (): never => {
  throw new Error('nothing arrived')
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RemoteFailure ? error.failure.kind : error),
  )

/** What a failed call says that the link is to be repaired with. */
const remoteAfter = (work: Promise<unknown>): Promise<LinkView['remote']> =>
  work.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => {
      if (error instanceof RemoteFailure && error.failure.kind === 'repair') return error.failure.remote
      throw error
    },
  )

it('carries a chat from its first message to its transcript, and an agent’s answer back', async () => {
  const stand = await aStand()
  const log: LogEvent[] = [started(), said(2, 'My printer {{burns}}')]
  await stand.bring(log, 'mark-1')
  const { id } = (await stand.tickets())[0]
  await stand.laterSecond()
  await stand.put(`/sandbox/tickets/${id}/comments`, { author: 1002, body: 'Is it plugged in?' }, 'POST')
  const { items } = await stand.connector.missed(stand.link().remote, null)
  const arrivals = await Promise.all(items.map((item) => stand.connector.understand(item)))
  log.push(said(3, 'Yes'), said(4, 'Pull it', bo), closed(5))
  const call = await stand.form(log, 'mark-2')
  stand.record({ ...call, to: 2 }, { remote: await remoteAfter(stand.perform(call)), remoteIds: [] })
  await stand.bring(log, 'mark-3')
  await stand.bring(log, 'mark-4')

  expect({ arrivals, tickets: await stand.tickets() }).toMatchObject({
    arrivals: [
      { kind: 'own', marker: 'mark-1' },
      { kind: 'message', author: { name: 'Margaret Hamilton' }, text: 'Is it plugged in?' },
    ],
    tickets: [
      {
        subject: 'Chat with Ana',
        status: 'solved',
        tags: ['chat_ended', `session-${session}`],
        fields: { chat_session_id: session, user_id: visitorId },
        requester: { name: 'Ana', external_id: `visitor:${visitorId}`, email: null },
        comments: [
          { marker: 'mark-1', public: false, body: 'Ana · 2026-01-02 12:00:02 UTC\nMy printer {\u200b{burns}}' },
          { marker: null, public: true, body: 'Is it plugged in?' },
          { marker: 'mark-3', public: false },
          { marker: 'mark-4', public: true },
        ],
      },
    ],
  })
})

it('makes a ticket on request with all that was said, as its inbox wants it, and gives it to who answered', async () => {
  const subject = '{{inbox.name}}: {{visitor.name}}'
  const stand = await aStand({ zendesk: { when: [], priority: 'high', subject, tags: ['vip'] } })
  const answering = { kind: 'agent', id: margaret, name: 'Margaret' } as const
  const log: LogEvent[] = [started(), said(2, 'My printer burns'), said(3, 'Pull the plug', answering)]
  const before = await stand.connector.next(aLink(), log, readOf(log))
  log.push(requested(4, answering))
  await stand.bring(log, 'mark-1')
  log.push(closed(5, 'agent'))
  await stand.bring(log, 'mark-2')
  expect([before, await stand.tickets()]).toMatchObject([
    null,
    [
      {
        subject: 'Our shop: Ana',
        status: 'solved',
        priority: 'high',
        assignee_id: 1002,
        tags: ['chat_ended', `session-${session}`, 'vip'],
        comments: [
          { public: false, body: expect.stringMatching(/burns\n\nMargaret · .*\nPull the plug$/) },
          { public: true, body: expect.stringMatching(/^Transcript/) },
        ],
      },
    ],
  ])
})

it('mails the requester nothing of a live chat, and its transcript', async () => {
  const stand = await aStand()
  await stand.setUp()
  const visitor = { id: visitorId, name: 'Ana', email: 'ana@example.com' }
  const begun = started()
  const log: LogEvent[] = [{ ...begun, body: { ...begun.body, visitor } } as LogEvent, said(2, 'Hi')]
  await stand.bring(log, 'mark-1')
  const { id } = (await stand.tickets())[0]
  await stand.laterSecond()
  await stand.put(`/sandbox/tickets/${id}/comments`, { author: 1002, body: 'In public' }, 'POST')
  const live = await stand.mails()
  log.push(closed(3, 'agent'))
  const call = await stand.form(log, 'mark-2')
  stand.record({ ...call, to: 2 }, { remote: await remoteAfter(stand.perform(call)), remoteIds: [] })
  await stand.bring(log, 'mark-3')
  expect([live, await stand.mails()]).toMatchObject([
    [],
    [{ to: 'ana@example.com', text: expect.stringMatching(/^Transcript/) }],
  ])
})

it('brings files both ways: attached to a comment, and from where an account sends on to', async () => {
  const bill = aFile(1, 'bill.pdf')
  const stand = await aStand({ files: new Map([[bill.id, Buffer.from('the bill')]]) })
  const log: LogEvent[] = [started(), said(2, 'Here is the bill'), sent(3, bill)]
  await stand.bring(log.slice(0, 2), 'mark-1')
  await stand.bring(log, 'mark-2')
  const { id } = (await stand.tickets())[0]
  const plan = { name: 'plan.png', type: 'image/png', content: Buffer.from('the plan').toString('base64') }
  await stand.put(`/sandbox/tickets/${id}/comments`, { author: 1002, body: 'The plan', files: [plan] }, 'POST')
  const { items } = await stand.connector.missed(stand.link().remote, null)
  const arrival = await stand.connector.understand(items.at(-1) ?? fail())
  const files = arrival.kind === 'message' ? (arrival.files ?? []) : []
  const read = await Promise.all(files.map(async ({ name, read }) => [name, Buffer.from(await read(100)).toString()]))
  const there = (await stand.tickets())[0].comments.map(({ files: of }: { files: { file_name: string }[] }) =>
    of.map(({ file_name }) => file_name),
  )
  expect({ read, there }).toEqual({ read: [['plan.png', 'the plan']], there: [[], ['bill.pdf'], ['plan.png']] })
  await expect(files[0]?.read(3)).rejects.toMatchObject({ code: 'file_too_large' })
})

it('makes one ticket although the answer to the first try was lost', async () => {
  const stand = await aStand()
  const call = await stand.form([started(), said(2, 'Hi')], 'mark-1')
  await stand.faults([{ kind: 'drop_after', match: { method: 'POST /api/v2/tickets' } }])
  const first = await failureOf(stand.perform(call))
  const again = await stand.perform(call)
  const found = await stand.connector.find(call, aLink())
  const tickets = await stand.tickets()
  expect({ first, tickets: tickets.length, again: again.remoteIds, found: found?.remoteIds }).toEqual({
    first: 'ambiguous',
    tickets: 1,
    again: [`comment:${tickets[0].comments[0].id}`],
    found: again.remoteIds,
  })
})

it('writes one comment although the answer to the first try was lost, and knows it for its own', async () => {
  const stand = await aStand()
  const log = [started(), said(2, 'Hi'), said(3, 'There?')]
  await stand.bring(log.slice(0, 2), 'mark-1')
  const call = await stand.form(log, 'mark-2')
  await stand.faults([{ kind: 'drop_after', match: { method: 'PUT /api/v2/tickets/:id' } }])
  const first = await failureOf(stand.perform(call))
  const again = await stand.perform(call)
  const [{ comments }] = await stand.tickets()
  expect({ first, again: again.remoteIds, markers: comments.map(({ marker }: { marker: string }) => marker) }).toEqual({
    first: 'ambiguous',
    again: [`comment:${comments[1].id}`],
    markers: ['mark-1', 'mark-2'],
  })
})

it('begins no request of a call after the call’s time is over', async () => {
  const stand = await aStand({ timeoutMs: 4_000 })
  const call = await stand.form([started(), said(2, 'Hi')], 'mark-1')
  await stand.faults([
    { kind: 'delay', ms: 2_500, match: { method: 'GET /api/v2/ticket_fields' } },
    { kind: 'delay', ms: 2_500, match: { method: 'POST /api/v2/ticket_fields' } },
  ])
  const outcome = await failureOf(stand.perform(call))
  expect({ outcome, tickets: await stand.tickets() }).toEqual({ outcome: 'ambiguous', tickets: [] })
})

it('takes a call without an answer in time for ambiguous', async () => {
  const stand = await aStand({ timeoutMs: 5_000 })
  const call = await stand.form([started(), said(2, 'Hi')], 'mark-1')
  await stand.faults([{ id: 'held', kind: 'hold_after', match: { method: 'POST /api/v2/tickets' } }])
  const outcome = await failureOf(stand.perform(call))
  const found = await stand.connector.find(call, aLink())
  await stand.put('/sandbox/faults/release', { id: 'held', how: 'drop' }, 'POST')
  expect({ outcome, found: found?.remoteIds.length }).toEqual({ outcome: 'ambiguous', found: 1 })
})

it('takes a refused connection for a call without an effect', async () => {
  const { connector } = connectorAt(`http://127.0.0.1:${await freePort()}`)
  expect(await failureOf(connector.find({ marker: 'mark-1' } as FrozenCall, aLink()))).toBe('transient')
})

it.each([
  { what: 'goes on in a follow-up of a closed ticket', method: 'PUT', status: 'closed', follows: true, left: 2 },
  { what: 'begins anew when the ticket was deleted', method: 'DELETE', status: undefined, follows: false, left: 1 },
])('$what', async ({ method, status, follows, left }) => {
  const stand = await aStand()
  const log = [started(), said(2, 'One'), said(3, 'Two')]
  await stand.bring(log.slice(0, 2), 'mark-1')
  const [first] = await stand.tickets()
  await stand.put(`/sandbox/tickets/${first.id}`, { status }, method)
  const call = await stand.form(log, 'mark-2')
  stand.record({ ...call, to: 2 }, { remote: await remoteAfter(stand.perform(call)), remoteIds: [] })
  await stand.bring(log, 'mark-3')
  const tickets = await stand.tickets()
  expect({ left: tickets.length, last: tickets.at(-1) }).toMatchObject({
    left,
    last: {
      via_followup_source_id: follows ? first.id : null,
      comments: [{ marker: 'mark-3', body: 'Ana · 2026-01-02 12:00:03 UTC\nTwo' }],
    },
  })
})

it('is rung by the signed webhook of a public comment, and not by its own private ones', async () => {
  const stand = await aStand()
  const looked: string[] = []
  const app = new Hono()
  const looks = async (_: string, thread: string) => void looked.push(thread)
  stand.mount(app, { accept: async () => {}, look: looks })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  stops.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await stand.put('/sandbox/state', { webhookUrl: `http://127.0.0.1:${port}/connectors/zendesk/webhook` })
  await stand.bring([started(), said(2, 'Hi')], 'mark-1')
  const [{ id }] = await stand.tickets()
  await stand.put(`/sandbox/tickets/${id}/comments`, { author: 1002, body: 'Hello' }, 'POST')
  await until(() => looked.length > 0, 5_000)
  expect(looked).toEqual([String(id)])
})
