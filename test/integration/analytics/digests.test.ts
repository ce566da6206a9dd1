import { expect, it } from 'vitest'
import { createTeamMails } from '../../../src/chat/mail/hand-over.ts'
import { aMailServer } from '../../support/mail-server.ts'
import { aDigest, reportViews } from '../../support/report-views.ts'

const channel = 'C0REPORTS01'
const toSlack = aDigest({ to: { kind: 'slack', channel } })
const toMany = aDigest({ to: { kind: 'email', addresses: ['ana@example.com', 'bo@example.com'] } })
const minute = 60_000

it('sends a digest each day at its time, once, however many look', async () => {
  const views = await reportViews({ at: '2026-11-30T06:30:00Z' })
  await views.save({ digest: aDigest() })
  await views.sweep()
  const before = views.mails.length
  views.at('2026-11-30T07:00:00Z')
  await Promise.all([views.sweep(), views.sweep(), views.sweep()])
  views.at('2026-12-01T06:59:59Z')
  await views.sweep()
  const first = views.mails.length
  views.at('2026-12-01T07:00:01Z')
  await views.sweep()
  expect([before, first, views.mails.length, new Set(views.mails.map(({ id }) => id)).size]).toEqual([0, 1, 2, 2])
})

it('asks for the days of its period on the clock of its zone, and for what the view is of', async () => {
  const views = await reportViews({ at: '2026-11-30T20:00:00Z' })
  const filter = { kind: 'team' as const, value: 'night' }
  const more = { inboxes: ['shop', 'books'], filter, compare: 'previous' as const, hours: 'business' as const }
  const made = await views.save({ ...more, period: 'yesterday', digest: aDigest({ timeZone: 'Asia/Tokyo' }) })
  await views.call('POST', `/${made.id}/send`)
  await views.sweep()
  expect(views.asked).toEqual([
    {
      ...{ from: '2026-11-30', until: '2026-11-30', by: 'day', hours: 'business', compare: 'previous' },
      ...{ inbox: ['shop', 'books'], team: 'night', metrics: made.metrics },
    },
  ])
})

it('gives each recipient what could not be taken once more, and nobody else', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toMany })
  views.outcomes.push({ kind: 'taken' }, { kind: 'not_taken', problem: 'Greylisted.' })
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  const early = await views.lastSent(id)
  await views.sweep()
  views.pass(minute)
  await views.sweep()
  views.pass(minute)
  await views.sweep()
  expect(views.mails.map(({ to }) => to)).toEqual(['ana@example.com', 'bo@example.com', 'bo@example.com'])
  expect(views.mails[1]?.id).toBe(views.mails[2]?.id)
  expect([early?.problem, (await views.lastSent(id))?.problem]).toEqual(['Not sent yet. Greylisted.', null])
})

it('sends nothing again that was refused or may have arrived, and says so', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toMany })
  views.outcomes.push({ kind: 'refused', problem: 'No such mailbox.' }, { kind: 'unsure', problem: 'No answer.' })
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  views.pass(10 * minute)
  await views.sweep()
  expect([views.mails.length, await views.lastSent(id)]).toEqual([
    2,
    {
      at: '2026-11-30T06:30:00.000Z',
      problem: 'ana@example.com: No such mailbox. bo@example.com: it is not known whether it arrived. No answer.',
    },
  ])
})

it('does not mail again what a process was giving away when it ended, and gives the others theirs', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toMany })
  views.outcomes.push('dies')
  await views.call('POST', `/${id}/send`)
  void views.sweep()
  await expect.poll(() => views.mails.length).toBe(1)
  await views.sweep()
  const meanwhile = views.mails.length
  views.pass(5 * minute)
  await views.sweep()
  expect([meanwhile, views.mails.map(({ to }) => to)]).toEqual([1, ['ana@example.com', 'bo@example.com']])
  expect((await views.lastSent(id))?.problem).toBe('ana@example.com: it is not known whether it arrived.')
})

it('looks in Slack for what may be there before it posts again', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toSlack })
  views.outcomes.push({ kind: 'unsure', problem: 'no answer came from Slack' })
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  views.pass(minute)
  await views.sweep()
  expect(views.posts.map((post) => [post.id === views.posts[0]?.id, post.again])).toEqual([
    [true, null],
    [true, new Date('2026-11-30T06:30:00Z')],
  ])
  expect((await views.lastSent(id))?.problem).toBe(null)
})

it('remembers what may be in Slack when it could not look', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toSlack })
  views.outcomes.push({ kind: 'unsure', problem: 'no answer' }, { kind: 'not_taken', problem: 'too busy to look' })
  await views.call('POST', `/${id}/send`)
  for (let tries = 0; tries < 3; tries += 1) {
    await views.sweep()
    views.pass(5 * minute)
  }
  const since = new Date('2026-11-30T06:30:00Z')
  expect(views.posts.map(({ again }) => again)).toEqual([null, since, since])
})

it('goes on with the one that is due when only its recipients are others', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: toMany })
  views.outcomes.push({ kind: 'taken' }, { kind: 'not_taken', problem: 'no such domain' })
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  const addresses = ['ana@example.com', 'bo@elsewhere.example']
  await views.call('PATCH', `/${id}`, { digest: { ...toMany, to: { kind: 'email', addresses } } })
  await views.sweep()
  expect([views.mails.map(({ to }) => to), (await views.lastSent(id))?.problem]).toEqual([
    ['ana@example.com', 'bo@example.com', 'bo@elsewhere.example'],
    null,
  ])
})

it('tries for hours from when it looked first, however late that was', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: aDigest() })
  views.at('2026-11-30T14:30:00Z')
  views.outcomes.push({ kind: 'not_taken', problem: 'Greylisted.' })
  await views.sweep()
  const early = (await views.lastSent(id))?.problem
  views.pass(15 * minute)
  await views.sweep()
  expect([early, views.mails.length, (await views.lastSent(id))?.problem]).toEqual([
    'Not sent yet. Greylisted.',
    2,
    null,
  ])
})

it('gives up what nobody takes for hours, and goes on with the next', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: aDigest({ every: 'month' }) })
  await views.call('POST', `/${id}/send`)
  for (let tries = 0; tries < 30; tries += 1) {
    views.outcomes.push({ kind: 'not_taken', problem: 'No server.' })
    await views.sweep()
    views.pass(15 * minute)
  }
  expect([views.mails.length > 20, (await views.stored(id))?.sending]).toEqual([
    true,
    expect.objectContaining({
      ...{ dueAt: new Date('2026-12-01T07:00:00Z'), claim: null, given: [], failures: 0 },
      last: { at: expect.any(Date), problem: 'No server.' },
    }),
  ])
})

it('sends one digest for all that were missed while nobody looked', async () => {
  const views = await reportViews()
  await views.save({ digest: aDigest() })
  views.at('2026-12-09T12:00:00Z')
  await views.sweep()
  await views.sweep()
  expect(views.mails.length).toBe(1)
})

it('says why there was no report, and sends it once there is one', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: aDigest() })
  const { report } = views.state
  views.state.report = async () => {
    throw new Error('SECRET of the store')
  }
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  const problem = (await views.lastSent(id))?.problem
  views.state.report = report
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  expect([problem, views.mails.length, (await views.lastSent(id))?.problem]).toEqual([
    'Not sent yet. The report could not be made.',
    1,
    null,
  ])
})

it('begins anew with another digest, and not with the same one', async () => {
  const views = await reportViews()
  const { id } = await views.save({ digest: aDigest() })
  const due = async () => (await views.stored(id))?.sending.dueAt?.toISOString()
  await views.call('POST', `/${id}/send`)
  await views.call('PATCH', `/${id}`, { name: 'Renamed', digest: aDigest() })
  const same = await due()
  await views.call('PATCH', `/${id}`, { digest: aDigest({ at: '09:00' }) })
  const other = await due()
  await views.call('PATCH', `/${id}`, { digest: null })
  expect([same, other, await due()]).toEqual(['2026-11-30T06:30:00.000Z', '2026-11-30T08:00:00.000Z', undefined])
})

it('arrives as a mail with its figures, a link and its lines as CSV, and lands in its thread', async () => {
  const server = await aMailServer()
  const mails = createTeamMails({
    ...{ url: server.url, from: 'support@acme.example', afterGone: 0, burst: 0, burstMost: 0, linkLifetime: 0 },
    ...{ retryFirst: 0, retryMost: 0, giveUpAfter: 0 },
  })
  const views = await reportViews({ ways: { mail: (mail) => mails?.handOver(mail) ?? Promise.reject() } })
  const { id } = await views.save({ name: 'Mornings & <more>', digest: aDigest() })
  server.next({ at: 'content', code: 451, text: 'try later' }, 'accept')
  await views.call('POST', `/${id}/send`)
  await views.sweep()
  const putOff = (await views.lastSent(id))?.problem
  views.pass(minute)
  await views.sweep()
  mails?.close()
  await server.close()
  const [{ to, mail } = { to: [], mail: null }] = server.arrived
  expect([putOff, server.arrived.length, to, mail?.subject]).toEqual([
    'Not sent yet. 451 try later',
    1,
    ['ana@example.com'],
    'Mornings & <more>: 23 November 2026 to 29 November 2026',
  ])
  expect(mail?.text).toBe(`Mornings & <more>
23 November 2026 to 29 November 2026
Compared with 16 November 2026 to 22 November 2026

Chats: 120 (+20 %)
First response, 90th percentile: 2 min 5 s (−50 %)
Missed, share: 4.5 % (+1.5 points)

By day
Monday <3: Chats 80, First response, 90th percentile 1 min 0 s, Missed, share 0 %
=1+1: Chats 40, First response, 90th percentile –, Missed, share –

The whole report: https://chat.example/console/reports/${id}
`)
  expect(mail?.html).toContain('<bdi>Mornings &amp; &lt;more&gt;</bdi>')
  expect(mail?.html).toContain(`href="https://chat.example/console/reports/${id}"`)
  expect(mail?.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
    [
      'report.csv',
      [
        'day,label,sessions,first_response_p90,missed_share,sessions_before,first_response_p90_before,missed_share_before',
        '2026-11-23,Monday <3,80,60000,0,,,',
        "2026-11-24,'=1+1,40,,,,,",
        'total,,120,125000,0.045,100,250000,0.03',
        '',
      ].join('\r\n'),
    ],
  ])
})

it.each<[string, Parameters<Awaited<ReturnType<typeof aMailServer>>['next']>[0], string, number]>([
  ['the answer is lost after the mail', 'lose the answer', 'unsure', 1],
  ['the recipient is refused', { at: 'recipient', code: 550, text: 'no such user' }, 'refused', 0],
  ['the recipient is put off', { at: 'recipient', code: 450, text: 'later' }, 'not_taken', 0],
])('knows what became of a mail when %s', async (_, reply, kind, arrived) => {
  const server = await aMailServer()
  const times = { afterGone: 0, burst: 0, burstMost: 0, linkLifetime: 0, retryFirst: 0, retryMost: 0, giveUpAfter: 0 }
  const mails = createTeamMails({ ...times, url: server.url, from: 'support@acme.example' })
  const mail = { id: 'a1', thread: 'b1', fromName: 'Deskbridge', to: 'ana@example.com', subject: 's', text: 't' }
  server.next(reply)
  const outcome = await mails?.handOver({ ...mail, html: '<p>t</p>' })
  mails?.close()
  await server.close()
  expect([outcome?.kind, server.arrived.length]).toEqual([kind, arrived])
})

it('knows that a mail was not taken where there is no server, and has no way without one', async () => {
  const server = await aMailServer()
  await server.close()
  const times = { afterGone: 0, burst: 0, burstMost: 0, linkLifetime: 0, retryFirst: 0, retryMost: 0, giveUpAfter: 0 }
  const mails = createTeamMails({ ...times, url: server.url, from: 'support@acme.example' })
  const mail = { id: 'a1', thread: 'b1', fromName: 'Deskbridge', to: 'ana@example.com', subject: 's', text: 't' }
  const outcome = await mails?.handOver({ ...mail, html: '<p>t</p>' })
  mails?.close()
  expect([outcome?.kind, createTeamMails(times)]).toEqual(['not_taken', null])
})
