import { expect, it } from 'vitest'
import { aDigest, aView, reportViews } from '../../support/report-views.ts'

const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code]

it('keeps a view, shows it to all who may see its inboxes, and takes a change of the version that was read', async () => {
  const { call, save } = await reportViews()
  const made = await save({ inboxes: ['shop'] })
  const changed = await call('PATCH', `/${made.id}`, { period: 'today', version: 1 })
  const late = await call('PATCH', `/${made.id}`, { period: 'year', version: 1 })
  expect(made).toEqual({
    ...aView({ inboxes: ['shop'] }),
    ...{ id: expect.stringMatching(/^viw_[0-9a-z]{24}$/), version: 1 },
    ...{ filter: null, hours: 'calendar', compare: null, digest: null, lastSent: null },
  })
  expect([changed.body, code(late)]).toEqual([{ ...made, period: 'today', version: 2 }, [409, 'version_conflict']])
  expect((await call('GET', '', undefined, 'shop,books')).body).toEqual({ views: [changed.body] })
  expect((await call('DELETE', `/${made.id}`)).status).toBe(204)
  expect((await call('GET', '')).body).toEqual({ views: [] })
})

it('hides a view from whoever does not see all of its inboxes, and takes none of theirs for others', async () => {
  const { call, save } = await reportViews()
  const all = await save({ name: 'All' })
  const both = await save({ name: 'Both', inboxes: ['shop', 'books'] })
  const names = async (inboxes: string) =>
    (await call('GET', '', undefined, inboxes)).body.views.map(({ name }: { name: string }) => name)
  expect([await names(''), await names('shop'), await names('shop,books')]).toEqual([['All', 'Both'], [], ['Both']])
  const asShop = (method: string, path: string, body?: object) => call(method, path, body, 'shop').then(code)
  expect([
    await asShop('PATCH', `/${all.id}`, { name: 'Mine' }),
    await asShop('DELETE', `/${both.id}`),
    await asShop('POST', `/${both.id}/send`),
    await asShop('POST', '', aView()),
    await asShop('POST', '', aView({ inboxes: ['shop', 'books'] })),
    code(await call('POST', '', aView({ inboxes: ['gone'] }))),
  ]).toEqual([
    [404, 'not_found'],
    [404, 'not_found'],
    [404, 'not_found'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [404, 'not_found'],
  ])
  const own = (await call('POST', '', aView({ name: 'Own', inboxes: ['shop'] }), 'shop')).body
  expect(code(await call('PATCH', `/${own.id}`, { inboxes: [] }, 'shop'))).toEqual([403, 'forbidden'])
})

it('has each name once without regard to case, also when it is given up for another or taken by many at once', async () => {
  const { call, save } = await reportViews()
  const made = await save({ name: 'Mornings' })
  const taken = await call('POST', '', aView({ name: 'MORNINGS' }))
  const renamed = await call('PATCH', `/${made.id}`, { name: 'Evenings' })
  const again = await call('POST', '', aView({ name: 'mornings' }))
  const back = await call('PATCH', `/${made.id}`, { name: 'Mornings' })
  const own = await call('PATCH', `/${made.id}`, { name: 'EVENINGS' })
  const race = await Promise.all(Array.from({ length: 8 }, () => call('POST', '', aView({ name: 'One' }))))
  expect([taken, renamed, again, back, own].map(({ status }) => status)).toEqual([409, 200, 201, 409, 200])
  expect(race.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
})

it('lets go of a name whose view never came to be, once nobody can be writing it any more', async () => {
  const { call, connection, now, pass } = await reportViews()
  const taken = [{ name: 'lost', view: 'viw_lost', at: new Date(now()) }]
  await connection.collection<{ _id: string; taken: object[] }>('report_view_names').insertOne({ _id: 'names', taken })
  const early = await call('POST', '', aView({ name: 'Lost' }))
  pass(60_001)
  const late = await call('POST', '', aView({ name: 'Lost' }))
  expect([code(early), late.status]).toEqual([[409, 'already_exists'], 201])
})

it('takes 200 views, and one more once another is gone', async () => {
  const { call, save } = await reportViews()
  const first = await save({ name: 'First' })
  for (let index = 1; index < 200; index += 1) await save({ name: `View ${index}` })
  const full = await call('POST', '', aView({ name: 'One more' }))
  await call('DELETE', `/${first.id}`)
  const then = await Promise.all(['a', 'b', 'c'].map((name) => call('POST', '', aView({ name }))))
  expect([code(full), then.map(({ status }) => status).sort()]).toEqual([
    [409, 'too_many'],
    [201, 409, 409],
  ])
})

it.each<[string, object]>([
  ['an unknown metric', { metrics: ['nonsense'] }],
  ['no metric', { metrics: [] }],
  ['an unknown period', { period: 'forever' }],
  ['a time zone that is none', { digest: aDigest({ timeZone: 'Mars/Base' }) }],
  ['a time that is none', { digest: aDigest({ at: '24:00' }) }],
  ['an address that is none', { digest: aDigest({ to: { kind: 'email', addresses: ['ana'] } }) }],
  ['what no report tells', { filter: { kind: 'agent', value: 'a' }, by: 'tag' }],
  ['more hours than a report has', { period: 'year', by: 'hour' }],
  ['a field that there is not', { colour: 'red' }],
])('refuses %s', async (_, wrong) => {
  const { call } = await reportViews()
  expect(code(await call('POST', '', { ...aView(), ...wrong }))).toEqual([400, 'invalid_input'])
})

it('refuses a digest that could not leave, and to send what has none', async () => {
  const { call, save } = await reportViews({ ways: { mail: null, slack: null } })
  const plain = await save()
  const slack = aDigest({ to: { kind: 'slack', channel: 'C0REPORTS01' } })
  expect([
    code(await call('POST', '', aView({ name: 'By mail', digest: aDigest() }))),
    code(await call('PATCH', `/${plain.id}`, { digest: slack })),
    code(await call('POST', `/${plain.id}/send`)),
  ]).toEqual([
    [409, 'mail_not_configured'],
    [409, 'slack_not_configured'],
    [409, 'no_digest'],
  ])
})
