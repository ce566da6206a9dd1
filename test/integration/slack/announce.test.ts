import nock from 'nock'
import { afterEach, expect, it } from 'vitest'
import { createAnnounce } from '../../../src/connectors/slack/announce.ts'
import { postsBudget } from '../../../src/connectors/slack/connector.ts'
import { openSlack } from '../../../src/connectors/slack/open.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { channel, channelInfo, noneStored, now, ownReply, page, posted, refused, slackAnswers } from './arrange.ts'

afterEach(() => nock.cleanAll())

const logger = createLogger('silent')
const pace = { limit: 60, windowMs: 60_000, burst: 3 }
const post = {
  id: 'digest1',
  channel,
  text: 'Every morning',
  blocks: [{ type: 'divider' }],
  again: null,
}

/** What posts of no chat, and the budgets that it asked. */
function announcing(options: { isBusy?: boolean } = {}) {
  const config = { botToken: 'xoxb-1', apiUrl: 'https://slack.example/api/', channel, posts: pace, reads: pace }
  const budgets: string[] = []
  const { installations } = openSlack(config, {
    times: { callTimeout: 5_000, retryFirst: 1_000 },
    store: noneStored,
    files: { of: async () => null },
    now: () => now,
    logger,
  })
  const announce = createAnnounce({
    installations,
    budget: postsBudget(config),
    async slot({ key }) {
      budgets.push(key)
      return !options.isBusy
    },
  })
  return { announce, budgets }
}

it('posts with blocks and a mark of its own, within the pace of the channel', async () => {
  const asked = slackAnswers(['chat.postMessage', posted('1700000000.000100')])
  const { announce, budgets } = announcing()
  const outcome = await announce(post)
  expect([outcome, budgets, asked]).toEqual([
    { kind: 'taken' },
    [`slack:posts:${channel}`],
    [
      {
        method: 'chat.postMessage',
        args: expect.objectContaining({
          ...{ channel, text: 'Every morning', blocks: JSON.stringify(post.blocks) },
          metadata: JSON.stringify({
            event_type: 'deskbridge_call',
            event_payload: { marker: 'digest1', session: '', from: 0, to: 0 },
          }),
        }),
      },
    ],
  ])
})

it('posts nothing again that it finds', async () => {
  const asked = slackAnswers(['conversations.history', page([ownReply('1700000000.000100', 'digest1')])])
  const { announce } = announcing()
  const outcome = await announce({ ...post, again: new Date(now) })
  expect([outcome, asked.map(({ method }) => method)]).toEqual([{ kind: 'taken' }, ['conversations.history']])
})

it('posts again what it does not find', async () => {
  const asked = slackAnswers(
    ['conversations.history', page([ownReply('1700000000.000100', 'another')])],
    ['chat.postMessage', posted('1700000000.000200')],
  )
  const { announce } = announcing()
  await announce({ ...post, again: new Date(now) })
  expect(asked.map(({ method }) => method)).toEqual(['conversations.history', 'chat.postMessage'])
})

it.each([
  ['a channel that is not there', 'channel_not_found', 'not_taken'],
  ['blocks that Slack does not take', 'invalid_blocks', 'refused'],
  ['trouble of its own', 'internal_error', 'unsure'],
])('says what became of a post that met %s', async (_, code, kind) => {
  slackAnswers(['chat.postMessage', refused(code)])
  const { announce } = announcing()
  expect(await announce(post)).toEqual({ kind, problem: expect.stringContaining(code) })
})

it('posts nothing where people of another organisation could read it', async () => {
  nock('https://slack.example')
    .post('/api/conversations.info')
    .reply(200, channelInfo({ is_ext_shared: true }))
  const asked = slackAnswers()
  const { announce } = announcing()
  const problem = expect.stringContaining('channel_shared')
  expect([await announce(post), asked]).toEqual([{ kind: 'not_taken', problem }, []])
})

it('does not wait for a turn that is far off', async () => {
  const asked = slackAnswers()
  const { announce } = announcing({ isBusy: true })
  expect([(await announce(post)).kind, asked]).toEqual(['not_taken', []])
})
