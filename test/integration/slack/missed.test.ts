import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { aConnector, channel, marker, now, opened, ownReply, page, refused, rootTs, slackAnswers } from './arrange.ts'

afterEach(() => nock.cleanAll())

const older = '1700000050.000001'
const newer = '1700000051.000001'
const newest = '1700000052.000001'
const root = { ...ownReply(rootTs, 'the-root'), thread_ts: rootTs }
const all = { channel, ts: rootTs, limit: '200', include_all_metadata: 'true' }
const person = (ts: string) => ({ ts, thread_ts: rootTs, user: 'U1', text: 'hi' })
const item = (ts: string, raw: object) => ({ id: `${channel}:${ts}`, thread: opened.thread, order: `00${ts}`, raw })

it('is nothing in a thread that is gone, so that what was pushed from there is taken in', async () => {
  slackAnswers(['conversations.replies', refused('thread_not_found')])
  expect(await aConnector().connector.missed(opened, `00${older}`)).toEqual({ items: [], more: false })
})

it('is all of the thread but its root, in its order', async () => {
  const { text, subtype, bot_id } = ownReply(older) as Record<string, unknown>
  slackAnswers(['conversations.replies', page([root, person(newer), ownReply(older)])])
  const own = {
    ts: older,
    thread_ts: rootTs,
    text,
    subtype,
    bot_id,
    metadata: { event_type: 'deskbridge_call', event_payload: expect.objectContaining({ marker }) },
  }
  expect(await aConnector().connector.missed(opened, null)).toEqual({
    items: [item(older, own), item(newer, person(newer))],
    more: false,
    stood: expect.anything(),
  })
})

it('is what comes after a place, looked for in a long thread until there is something', async () => {
  const asked = slackAnswers(
    ['conversations.replies', page([root], 'more of all')],
    ['conversations.replies', page([root], 'more of the day')],
    ['conversations.replies', page([root], 'more')],
    ['conversations.replies', page([root, person(newer)])],
  )
  const missed = await aConnector().connector.missed(opened, `00${older}`)
  expect({ missed, args: asked.map(({ args }) => args) }).toEqual({
    missed: { items: [item(newer, person(newer))], more: false },
    args: [
      all,
      { ...all, oldest: String((Number(older) - 86_400).toFixed(6)) },
      { ...all, oldest: older },
      { ...all, oldest: older, cursor: 'more' },
    ],
  })
})

it('is also what was edited lately, each edit behind its message, however old that is', async () => {
  const daysAgo = (days: number) => (now / 1_000 - days * 86_400).toFixed(6)
  const edited = (ts: string, at = '1700000900.000000') => ({ ...person(ts), edited: { user: 'U1', ts: at } })
  const byUs = { ...ownReply(newest), edited: { user: 'B0OURS', ts: '1700000900.000000' } }
  const all = [edited(daysAgo(9), daysAgo(7)), edited(daysAgo(8)), edited(older), edited(newer), byUs]
  slackAnswers(['conversations.replies', page([root, ...all])])
  const { items, more } = await aConnector().connector.missed(opened, `00${older}`)
  const change = (ts: string) => ({
    ...{ id: `${channel}:${ts}:edit:1700000900.000000`, of: `${channel}:${ts}`, thread: opened.thread },
    ...{ order: `00${ts}:edit:001700000900.000000`, raw: { change: 'edit', message: edited(ts) } },
  })
  expect({ items: items.slice(0, 4), rest: items.length - 4, more }).toEqual({
    items: [change(daysAgo(8)), change(older), item(newer, edited(newer)), change(newer)],
    rest: 1,
    more: false,
  })
})

it('is nothing at the end of the thread', async () => {
  slackAnswers(['conversations.replies', page([root])])
  expect(await aConnector().connector.missed(opened, `00${newer}`)).toMatchObject({ items: [], more: false })
})

const daysBefore = (days: number) => (now / 1_000 - days * 86_400).toFixed(6)

describe('what stood', () => {
  const tombstone = { ...root, subtype: 'tombstone', user: 'USLACKBOT' }
  const stoodIn = async (...pages: object[]) => {
    slackAnswers(...pages.map((answer): [string, object] => ['conversations.replies', answer]))
    return (await aConnector().connector.missed(opened, `00${newest}`)).stood
  }
  const ids = [`${channel}:${rootTs}`, `${channel}:${older}`]
  const upTo = `00${(now / 1_000 - 60).toFixed(6)}`

  it('is told by a whole thread, of the time in which no workspace forgets and all is shown', async () => {
    expect(await stoodIn(page([root, person(older)]))).toEqual({ after: `00${daysBefore(23 / 24)}`, upTo, ids })
  })

  it('is told of a long thread by what was written lately, if that is whole', async () => {
    const told = { after: `00${daysBefore(23 / 24)}`, upTo, ids }
    expect(await stoodIn(page([root], 'more'), page([root, person(older)]))).toEqual(told)
  })

  it.each([
    ['what was written lately takes several pages', [page([root], 'm'), page([root], 'm'), page([root]), page([root])]],
    ['its root was deleted', [page([tombstone, person(older)])]],
    ['its root is missing', [page([person(older)])]],
  ])('is not told when %s', async (_what, pages) => {
    expect(await stoodIn(...pages)).toBeUndefined()
  })
})

describe('whether a reply is gone', () => {
  const reply = { id: `${channel}:${older}`, thread: opened.thread }
  const ask = () => aConnector().connector.gone?.(reply)

  it('is asked of it alone, and comes to the deletion that Slack would have pushed', async () => {
    const asked = slackAnswers(['conversations.replies', page([root])])
    expect({ gone: await ask(), args: asked[0]?.args }).toEqual({
      gone: {
        ...{ id: `${reply.id}:delete`, of: reply.id, thread: opened.thread, order: `00${older}:gone` },
        raw: { change: 'delete', message: { ts: older, thread_ts: rootTs } },
      },
      args: { ...all, oldest: older, latest: older, inclusive: 'true' },
    })
  })

  it.each([
    ['it is there', [root, person(older)]],
    ['the root is gone as well', [{ ...root, subtype: 'tombstone' }]],
    ['the answer is empty', []],
  ])('is no while %s', async (_what, messages) => {
    slackAnswers(['conversations.replies', page(messages)])
    expect(await ask()).toBeNull()
  })

  it('is not answered by a thread that cannot be read', async () => {
    slackAnswers(['conversations.replies', refused('thread_not_found')])
    await expect(ask()).rejects.toMatchObject({ failure: { kind: 'repair' } })
  })
})
