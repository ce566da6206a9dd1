import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { FrozenCall } from '../../../src/bridge/port/call.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { freePort, until } from '../../../stores/process.ts'
import { connectorAt, margaret } from './account.ts'
import { aFile, aLink, bo, closed, readOf, requested, said, sent, session, started, visitorId } from './events.ts'
import { aStand, remoteAfter, stopAfterEach, stops } from './stand.ts'

stopAfterEach()

const fail = (): never => {
  throw new Error('nothing arrived')
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RemoteFailure ? error.failure.kind : error),
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
  const before = await stand.connector.next(aLink(), log, readOf(log), async () => [])
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
