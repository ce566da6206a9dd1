import nock from 'nock'
import { afterEach, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { Told } from '../../../src/bridge/port/arrival.ts'
import { aConnector, channel, opened, refused, rootTs, slackAnswers } from './arrange.ts'

afterEach(() => nock.cleanAll())

const ts = '1700000060.000001'
const raw = { ts, thread_ts: rootTs, user: 'U1', text: 'hi' }
const reply = { id: `${channel}:${ts}`, thread: opened.thread, order: ts, raw }
const signed = fixture('slack/reactions.add').body
const whispered = fixture('slack/chat.postEphemeral').body

type Answers = readonly [method: string, body: object][]

/** What Slack is asked when an author is told. */
async function asked(told: Told, answers: Answers, { item = reply, times = 1, anew = false } = {}) {
  const calls = slackAnswers(...answers)
  const { connector } = aConnector()
  for (let time = 0; time < times; time += 1) await connector.told?.(item, told, anew)
  return calls.map(({ method, args }) => [method, args.name ?? args.user])
}

it('shows to all that the customer has a reply', async () => {
  expect(await asked('heard', [['reactions.add', signed]])).toEqual([['reactions.add', 'white_check_mark']])
})

it('shows to all that they do not have it, and says why to its author alone', async () => {
  const calls = slackAnswers(['reactions.add', signed], ['chat.postEphemeral', whispered])
  await aConnector().connector.told?.({ ...reply, id: `${reply.id}:edit:1`, of: reply.id }, 'empty', false)
  expect(calls).toEqual([
    { method: 'reactions.add', args: { channel, timestamp: ts, name: 'warning' } },
    {
      method: 'chat.postEphemeral',
      args: { channel, user: 'U1', thread_ts: rootTs, text: expect.stringContaining('no text and no file') },
    },
  ])
})

it('says nothing besides to another app, nor of a file, of which the thread tells', async () => {
  const item = { ...reply, raw: { ...raw, bot_id: 'B1' } }
  expect([
    await asked('another app', [['reactions.add', signed]], { item }),
    await asked('a file', [['reactions.add', signed]]),
  ]).toEqual([[['reactions.add', 'warning']], [['reactions.add', 'warning']]])
})

const unsigned = fixture('slack/reactions.remove').body

it.each<[Told, string, string]>([
  ['heard', 'warning', 'white_check_mark'],
  ['a file', 'white_check_mark', 'warning'],
])('takes the other sign back when it shows “%s” anew, whether it is there or not', async (told, before, now) => {
  for (const answer of [unsigned, refused('no_reaction'), refused('message_not_found')])
    expect(
      await asked(
        told,
        [
          ['reactions.remove', answer],
          ['reactions.add', signed],
        ],
        { anew: true },
      ),
    ).toEqual([
      ['reactions.remove', before],
      ['reactions.add', now],
    ])
})

it.each(['already_reacted', 'message_not_found', 'too_many_reactions'])('goes on after %s', async (code) => {
  const answers: Answers = [
    ['reactions.add', refused(code)],
    ['chat.postEphemeral', whispered],
  ]
  expect(await asked('refused', answers)).toEqual([
    ['reactions.add', 'warning'],
    ['chat.postEphemeral', 'U1'],
  ])
})

it('remembers that it may make no signs, and says why all the same', async () => {
  const answers: Answers = [
    ['reactions.add', refused('missing_scope', { needed: 'reactions:write' })],
    ['chat.postEphemeral', whispered],
    ['chat.postEphemeral', whispered],
  ]
  expect(await asked('failed', answers, { times: 2 })).toEqual([
    ['reactions.add', 'warning'],
    ['chat.postEphemeral', 'U1'],
    ['chat.postEphemeral', 'U1'],
  ])
})

it('leaves for later what Slack takes no more of just now', async () => {
  const { body, status, headers } = fixture('slack/ratelimited')
  nock('https://slack.example').post('/api/reactions.add').reply(status, body, headers)
  await expect(aConnector().connector.told?.(reply, 'failed', false)).rejects.toMatchObject({
    failure: { kind: 'limited', scope: 'link', afterMs: 30_000 },
  })
})
