import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import { aConnector, aReply, channel, ownReply, page, refused, rootTs, session, slackAnswers } from './arrange.ts'

afterEach(() => nock.cleanAll())

const root = `${channel}:${rootTs}`
const first = '1700000050.000001'
const second = '1700000051.000001'
const trace = { session, thread: root, remoteIds: [root, `${channel}:${first}`, `${channel}:${second}`] }
const { connector } = aConnector()
const { body: deleted } = fixture('slack/chat.delete')
const { body: updated } = fixture('slack/chat.update')
const emptied = (ts: string) => ({
  method: 'chat.update',
  args: {
    ...{ channel, ts, text: '_Erased._', blocks: '[]' },
    metadata: JSON.stringify({ event_type: 'deskbridge_removed', event_payload: { session } }),
  },
})
const nameStays = 'the text is gone, the name above the post can only be removed by an administrator of the workspace'

describe('erasing a thread', () => {
  it('empties the root, which holds the thread together', async () => {
    const asked = slackAnswers(['chat.update', updated])
    expect([await connector.erase(trace, 'posts'), asked]).toEqual([{ next: root, wiped: 1 }, [emptied(rootTs)]])
  })

  it('deletes what the app posted as itself', async () => {
    const asked = slackAnswers(['chat.delete', deleted])
    expect([await connector.erase(trace, root), asked]).toEqual([
      { next: `${channel}:${first}`, wiped: 1 },
      [{ method: 'chat.delete', args: { channel, ts: first } }],
    ])
  })

  it('empties what was posted under a name, and says that the name stays', async () => {
    const asked = slackAnswers(['chat.delete', refused('cant_delete_message')], ['chat.update', updated])
    expect([await connector.erase(trace, `${channel}:${first}`), asked.at(-1)]).toEqual([
      { next: `${channel}:${second}`, wiped: 1, left: { [nameStays]: 1 } },
      emptied(second),
    ])
  })

  it.each(['cant_delete_file', 'missing_scope'])('counts the files that Slack keeps: %s', async (code) => {
    const files = (id: string) => ({ files: [{ id }] })
    const posts = [
      { ...ownReply(first), ...files('F1') },
      { ...ownReply(second), ...files('F2') },
    ]
    slackAnswers(
      ['conversations.replies', page([ownReply(rootTs), ...posts])],
      ['files.delete', refused(code)],
      ['files.delete', fixture('slack/files.delete').body],
    )
    expect(await connector.erase(trace, null)).toEqual({
      next: 'posts',
      wiped: 0,
      left: { 'Slack does not let this file be deleted': 1 },
    })
  })

  it('counts at the end what people wrote, which an app cannot take away', async () => {
    const { bot_id: _, ...byPerson } = ownReply(second) as Record<string, unknown>
    slackAnswers([
      'conversations.replies',
      page([{ ...ownReply(rootTs), thread_ts: rootTs }, ownReply(first), byPerson]),
    ])
    expect(await connector.erase(trace, `${channel}:${second}`)).toEqual({
      next: null,
      wiped: 0,
      left: { 'what people wrote in the thread, which only they or an administrator can delete': 1 },
    })
  })

  it.each(['message_not_found', 'thread_not_found'])('is done with what is gone there: %s', async (code) => {
    slackAnswers(['chat.update', refused(code)], ['conversations.replies', refused(code)])
    const gone = code === 'message_not_found' ? { next: root, wiped: 0 } : { next: null, wiped: 0 }
    expect(await connector.erase(trace, code === 'message_not_found' ? 'posts' : `${channel}:${second}`)).toEqual(gone)
  })

  it.each(['edit_window_closed', 'cant_update_message'])('says what Slack lets nobody change: %s', async (code) => {
    slackAnswers(['chat.update', refused(code)])
    expect(await connector.erase(trace, 'posts')).toEqual({
      next: root,
      wiped: 0,
      left: { 'Slack does not let this post be changed any more': 1 },
    })
  })

  it('stops at an archived channel', async () => {
    slackAnswers(['chat.delete', refused('is_archived')])
    await expect(connector.erase(trace, root)).rejects.toMatchObject({ failure: { kind: 'halted' } })
  })
})

it('leaves of a frozen call what it is found by', () => {
  expect(connector.blank(aReply().body)).toEqual({ kind: 'post', channel, session, thread_ts: rootTs, text: '' })
})
