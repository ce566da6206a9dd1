import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { documented, fixture } from '../../../sandbox/fixtures/load.ts'
import type { FrozenCall, Remote } from '../../../src/bridge/port/call.ts'
import {
  aConnector,
  aLink,
  anEvent,
  aReply,
  channel,
  identity,
  marker,
  opened,
  ownReply,
  page,
  posted,
  readOf,
  refused,
  rootTs,
  session,
  slackAnswers,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const file = { id: `fil_${'0'.repeat(24)}`, name: 'tea.png', type: 'image/png', size: 3 }
const message = anEvent('message', 2, { messageType: 'image', content: 'Look < here', internal: false, file })
const ts = '1700000050.000001'
const slackFile = 'F123ABC456'
const link = 'https://files.example/fil_000000000000000000000000?exp=1&amp;sig=s'
const place = fixture('slack/files.getUploadURLExternal').body
const completed = fixture('slack/files.completeUploadExternal').body
const uploaded = { ...opened, upload: `2:${slackFile}` }
const shown = {
  ...{ type: 'message', subtype: 'file_share', user: 'U0BOT', bot_id: 'B1', text: '*Ana*\nLook', ts },
  ...{ thread_ts: rootTs, files: [{ id: slackFile }] },
}

const { connector } = aConnector({ bytes: Buffer.from('tea') })

/** The next call for the message, frozen. */
async function nextCall(remote: Remote): Promise<FrozenCall> {
  const next = await connector.next(aLink({ remote, cursor: 1 }), [message], readOf([message]), async () => [])
  return aReply({ ...next })
}

const takesBytes = (status: number) => nock('https://files.slack.com').post('/upload/v1/ABC123456').reply(status, 'OK')

describe('a file', () => {
  it('goes up first, by a call that covers nothing and may be repeated', async () => {
    const call = await nextCall(opened)
    slackAnswers(['auth.test', identity()], ['files.getUploadURLExternal', place])
    takesBytes(200)
    const receipt = await connector.perform(call, aLink())
    expect([call.from, call.to, call.repeatable, receipt]).toEqual([2, 1, true, { remote: uploaded, remoteIds: [] }])
  })

  it('is shown in the thread under the name of who sent it, and done when it stands there', async () => {
    const call = await nextCall(uploaded)
    const asked = slackAnswers(
      ['files.completeUploadExternal', completed],
      ['conversations.replies', page([ownReply(rootTs, 'root'), shown])],
    )
    const receipt = await connector.perform(call, aLink({ remote: uploaded }))
    expect([receipt, asked[0]?.args]).toEqual([
      { remote: opened, remoteIds: [`${channel}:${ts}`] },
      {
        files: JSON.stringify([{ id: slackFile, title: 'tea.png' }]),
        ...{ channel_id: channel, thread_ts: rootTs, initial_comment: '*Ana*\nLook &lt; here' },
      },
    ])
  })

  it('is looked for again while Slack has taken it and does not show it', async () => {
    const call = await nextCall(uploaded)
    slackAnswers(['files.completeUploadExternal', completed], ['conversations.replies', page([])])
    await expect(connector.perform(call, aLink({ remote: uploaded }))).rejects.toMatchObject({
      failure: { kind: 'ambiguous' },
    })
  })

  it('is found after a crash by its own id, also once its words were erased', async () => {
    const call = await nextCall(uploaded)
    slackAnswers(['conversations.replies', page([shown])], ['conversations.replies', page([shown])])
    const erased = { ...call, body: connector.blank(call.body) }
    const found = { remote: uploaded, remoteIds: [`${channel}:${ts}`] }
    const remote = aLink({ remote: uploaded })
    expect([await connector.find(call, remote), await connector.find(erased, remote)]).toEqual([found, found])
  })

  it.each(['file_upload_size_restricted', 'missing_scope'])('that Slack does not take is a link: %s', async (code) => {
    const call = await nextCall(opened)
    slackAnswers(['files.getUploadURLExternal', refused(code)])
    const { remote } = await connector.perform(call, aLink())
    expect((await nextCall(remote)).body).toMatchObject({
      ...{ kind: 'post', session },
      text: `Look &lt; here\ntea.png (3 B): ${link}`,
    })
  })

  it('that Slack took and will not show is a link, under the same marker', async () => {
    const call = await nextCall(uploaded)
    const asked = slackAnswers(
      ['files.completeUploadExternal', refused('file_not_found')],
      ['conversations.replies', page([])],
      ['chat.postMessage', posted(ts)],
    )
    const receipt = await connector.perform(call, aLink({ remote: uploaded }))
    expect([receipt.remoteIds, asked.at(-1)?.args.metadata]).toEqual([
      [`${channel}:${ts}`],
      expect.stringContaining(marker),
    ])
  })

  it('still stands where it is recorded and shown, so that it is not brought again', async () => {
    slackAnswers(['conversations.replies', page([shown])])
    const standing = await connector.standing(opened.thread, [{ marker, remoteId: `${channel}:${ts}` }])
    expect([...standing]).toEqual([marker])
  })

  it('is deleted from Slack before the posts of an erased chat', async () => {
    const asked = slackAnswers(
      ['conversations.replies', page([ownReply(rootTs, 'root'), shown])],
      ['files.delete', documented('slack/files.delete', {})],
    )
    const step = await connector.erase({ session, thread: opened.thread, remoteIds: [`${channel}:${ts}`] }, null)
    expect([step, asked.at(-1)?.args]).toEqual([{ next: 'posts', wiped: 0 }, { file: slackFile }])
  })
})

describe('a caption that is edited', () => {
  const edit = anEvent('message_edited', 3, {
    message: message._id,
    messageSeq: 2,
    internal: false,
    content: 'See < it',
  })
  const brought = [{ remoteId: `${channel}:${ts}`, marker, from: 2, to: 2, part: 1, asOf: 2, at: 1 }]

  /** What Slack is asked to say, by each method, when the caption of a file is changed in this post. */
  async function saidOf(post: object, ...answers: readonly [string, object][]) {
    const fresh = aConnector()
    const log = [message, edit]
    const next = await fresh.connector.next(aLink({ cursor: 2 }), [edit], readOf(log), async () => brought)
    const asked = slackAnswers(['auth.test', identity()], ['conversations.replies', page([post])], ...answers)
    await fresh.connector.perform(aReply({ ...next }), aLink())
    return asked.flatMap(({ method, args: { text } }) => (text === undefined ? [] : [[method, text]]))
  }
  const updated = fixture('slack/chat.update').body

  it('stands beside the file without its link, under the name of who sent it', async () => {
    expect(await saidOf(shown, ['chat.update', updated])).toEqual([['chat.update', '*Ana*\nSee &lt; it _(edited)_']])
  })

  it('is said with the link where the post shows no file', async () => {
    expect(await saidOf({ ...ownReply(ts), files: [] }, ['chat.update', updated])).toEqual([
      ['chat.update', `See &lt; it\ntea.png (3 B): ${link} _(edited)_`],
    ])
  })

  it('is said in a new post without the link where Slack lets the caption not be changed', async () => {
    const answers = [
      ['chat.update', refused('cant_update_message')],
      ['chat.postMessage', posted('1700000051.000001')],
    ] as const
    expect((await saidOf(shown, ...answers.map(([method, body]): [string, object] => [method, body]))).at(-1)).toEqual([
      'chat.postMessage',
      '_Edited:_ See &lt; it _(edited)_',
    ])
  })
})

describe('a message with a file that is deleted', () => {
  const deletion = anEvent('message_deleted', 3, { message: message._id, messageSeq: 2, internal: false })
  const brought = [{ remoteId: `${channel}:${ts}`, marker, from: 2, to: 2, part: 1, asOf: 2, at: 1 }]
  const updated = fixture('slack/chat.update').body

  /** What Slack is asked when the deletion is brought, the post being `post`. */
  async function askedFor(post: object, ...answers: [string, object][]) {
    const fresh = aConnector()
    const log = [message, deletion]
    const next = await fresh.connector.next(aLink({ cursor: 2 }), [deletion], readOf(log), async () => brought)
    const asked = slackAnswers(['auth.test', identity()], ['conversations.replies', page([post])], ...answers)
    await fresh.connector.perform(aReply({ ...next }), aLink())
    return asked.slice(2).map(({ method, args }) => [method, args.file ?? args.text])
  }
  const emptied = ['chat.update', '_This message was deleted._']

  it('takes the file out of Slack, and then what was said of it', async () => {
    const answers: [string, object][] = [
      ['files.delete', documented('slack/files.delete', {})],
      ['chat.update', updated],
    ]
    expect(await askedFor(shown, ...answers)).toEqual([['files.delete', slackFile], emptied])
  })

  it.each(['file_not_found', 'file_deleted', 'cant_delete_file'])('goes on when Slack says %s', async (code) => {
    const answers: [string, object][] = [
      ['files.delete', refused(code)],
      ['chat.update', updated],
    ]
    expect(await askedFor(shown, ...answers)).toEqual([['files.delete', slackFile], emptied])
  })

  it('asks for no file that is gone already', async () => {
    const tombstone = { ...shown, files: [{ id: slackFile, mode: 'tombstone' }] }
    expect(await askedFor(tombstone, ['chat.update', updated])).toEqual([emptied])
  })

  it('leaves the file for later while Slack does not answer', async () => {
    await expect(askedFor(shown, ['files.delete', refused('internal_error')])).rejects.toMatchObject({
      failure: { kind: 'ambiguous' },
    })
  })
})

it('knows its own file, also when Slack names only its user', async () => {
  const { bot_id: _, ...raw } = { ...shown, user: String(fixture('slack/auth.test').body.user_id) }
  const item = { id: `${channel}:${ts}`, thread: opened.thread, order: ts, raw }
  const fresh = aConnector()
  slackAnswers(['auth.test', identity()])
  expect(await fresh.connector.understand(item)).toEqual({ kind: 'own', marker: null })
})
