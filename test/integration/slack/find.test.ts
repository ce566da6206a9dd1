import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import {
  aConnector,
  aLink,
  aReply,
  aRoot,
  channel,
  marker,
  opened,
  ownReply,
  page,
  refused,
  rootTs,
  slackAnswers,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const older = '1700000050.000001'
const newer = '1700000051.000001'
const root = { ...ownReply(rootTs, 'the-root'), thread_ts: rootTs }
const search = { channel, limit: '200', include_all_metadata: 'true', oldest: '1699999500.000000' }

describe('looking for what still stands', () => {
  const brought = [{ marker, remoteId: `${channel}:${older}` }]

  it('knows what is ours in a thread, its root among it, on every page', async () => {
    const { bot_id: _, ...forged } = ownReply('1700000052.000001', 'forged') as Record<string, unknown>
    slackAnswers(
      ['conversations.replies', page([root, ownReply(older, 'one')], 'more')],
      ['conversations.replies', page([root, ownReply(newer, 'two'), forged])],
    )
    const standing = await aConnector().connector.standing(`${channel}:${rootTs}`, brought)
    expect([...standing].sort()).toEqual(['one', 'the-root', 'two'])
  })

  it('finds nothing in a thread that is gone', async () => {
    slackAnswers(['conversations.replies', refused('thread_not_found')])
    expect(await aConnector().connector.standing(`${channel}:${rootTs}`, brought)).toEqual(new Set())
  })

  it('takes a channel that cannot be read for no answer', async () => {
    slackAnswers(['conversations.replies', refused('not_in_channel')])
    await expect(aConnector().connector.standing(`${channel}:${rootTs}`, brought)).rejects.toMatchObject({
      failure: { kind: 'halted' },
    })
  })
})

describe('looking for a call', () => {
  it('finds a reply by its marker on any page of what was posted since', async () => {
    const asked = slackAnswers(
      ['conversations.replies', page([root, ownReply(newer, 'another')], 'more')],
      ['conversations.replies', page([root, ownReply(older)])],
    )
    const receipt = await aConnector().connector.find(aReply(), aLink())
    expect({ receipt, args: asked.map(({ args }) => args) }).toEqual({
      receipt: { remote: opened, remoteIds: [`${channel}:${older}`] },
      args: [
        { ...search, ts: rootTs },
        { ...search, ts: rootTs, cursor: 'more' },
      ],
    })
  })

  it('names the older of two copies first', async () => {
    slackAnswers(['conversations.replies', page([root, ownReply(newer), ownReply(older)])])
    const receipt = await aConnector().connector.find(aReply(), aLink())
    expect(receipt?.remoteIds).toEqual([`${channel}:${older}`, `${channel}:${newer}`])
  })

  it('finds a root in the channel and makes it the thread', async () => {
    const asked = slackAnswers(['conversations.history', page([{ ...ownReply(older), thread_ts: undefined }])])
    const receipt = await aConnector().connector.find(aRoot(), aLink({ remote: {} }))
    expect({ receipt, args: asked.at(0)?.args }).toEqual({
      receipt: { remote: { thread: `${channel}:${older}`, channel, ts: older }, remoteIds: [`${channel}:${older}`] },
      args: search,
    })
  })

  it("does not take a person's message for a call", async () => {
    const { bot_id: _, ...forged } = ownReply(older) as Record<string, unknown>
    slackAnswers(['conversations.replies', page([root, forged])])
    expect(await aConnector().connector.find(aReply(), aLink())).toBeNull()
  })

  it('does not say "not there" when a page is missing', async () => {
    slackAnswers(['conversations.replies', page([root], 'more')], ['conversations.replies', refused('internal_error')])
    await expect(aConnector().connector.find(aReply(), aLink())).rejects.toMatchObject({
      failure: { kind: 'ambiguous' },
    })
  })

  it('asks for a new root when the thread is gone', async () => {
    slackAnswers(['conversations.replies', refused('thread_not_found')])
    await expect(aConnector().connector.find(aReply(), aLink())).rejects.toMatchObject({
      failure: { kind: 'repair', remote: {}, unseen: true, readFirst: true },
    })
  })

  it('keeps a limit on reading to itself', async () => {
    const { status, body, headers } = fixture('slack/ratelimited')
    nock('https://slack.example').post('/api/conversations.replies').reply(status, body, headers)
    const failure = { kind: 'limited', scope: 'link', afterMs: 30_000 }
    await expect(aConnector().connector.find(aReply(), aLink())).rejects.toMatchObject({ failure })
  })
})

describe('removing a copy', () => {
  const remove = () => aConnector().connector.removeTwin(opened.thread, `${channel}:${newer}`)

  it('deletes it', async () => {
    const asked = slackAnswers(['chat.delete', fixture('slack/chat.delete').body])
    await remove()
    expect(asked).toEqual([{ method: 'chat.delete', args: { channel, ts: newer } }])
  })

  it('empties one that may not be deleted, and takes its marker off', async () => {
    const asked = slackAnswers(
      ['chat.delete', refused('cant_delete_message')],
      ['chat.update', fixture('slack/chat.update').body],
    )
    await remove()
    const metadata = JSON.stringify({ event_type: 'deskbridge_removed', event_payload: {} })
    expect(asked.at(1)?.args).toEqual({ channel, ts: newer, text: '_Posted twice; removed._', blocks: '[]', metadata })
  })

  it('is content when it is gone already', async () => {
    slackAnswers(['chat.delete', refused('message_not_found')])
    await expect(remove()).resolves.toBeUndefined()
  })

  it('leaves it for later when Slack does not answer', async () => {
    nock('https://slack.example').post('/api/chat.delete').reply(503, 'down')
    await expect(remove()).rejects.toMatchObject({ failure: { kind: 'ambiguous' } })
  })
})
