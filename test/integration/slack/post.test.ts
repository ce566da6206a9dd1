import nock from 'nock'
import { afterEach, expect, it } from 'vitest'
import {
  aConnector,
  agent,
  aLink,
  aMessage,
  aReply,
  aRoot,
  channel,
  identity,
  marker,
  opened,
  posted,
  readOf,
  refused,
  rootTs,
  session,
  slackAnswers,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const ts = '1700000050.000001'
const metadata = (from: number, to: number) =>
  JSON.stringify({ event_type: 'deskbridge_call', event_payload: { marker, session, from, to } })
const unfurls = { unfurl_links: 'false', unfurl_media: 'false' }

it("opens a thread under the app's own name", async () => {
  const asked = slackAnswers(['auth.test', identity()], ['chat.postMessage', posted(ts)])
  const receipt = await aConnector().connector.perform(aRoot(), aLink({ remote: {} }))
  expect({ receipt, args: asked.at(1)?.args }).toEqual({
    receipt: { remote: { thread: `${channel}:${ts}`, channel, ts }, remoteIds: [`${channel}:${ts}`] },
    args: { channel, text: 'Ana started a chat', metadata: metadata(2, 1), ...unfurls },
  })
})

it("replies in the thread under the author's name", async () => {
  const asked = slackAnswers(['auth.test', identity()], ['chat.postMessage', posted(ts)])
  const receipt = await aConnector().connector.perform(aReply(), aLink())
  const named = { username: 'Ana', icon_emoji: ':bust_in_silhouette:' }
  expect({ receipt, args: asked.at(1)?.args }).toEqual({
    receipt: { remote: opened, remoteIds: [`${channel}:${ts}`] },
    args: { channel, thread_ts: rootTs, text: 'Hello', metadata: metadata(2, 2), ...named, ...unfurls },
  })
})

it('stands under the picture of whoever wrote it', async () => {
  const picture = `pic_${'a'.repeat(24)}`
  const event = aMessage(2, 'Hello', { actor: { ...agent, picture } })
  const { connector } = aConnector()
  const call = await connector.next(aLink({ cursor: 1 }), [event], readOf([event]), async () => [])
  const asked = slackAnswers(['auth.test', identity()], ['chat.postMessage', posted(ts)])
  await connector.perform(aReply({ body: call?.body }), aLink())
  const icon_url = `https://desk.example/api/chat/pictures/${picture}`
  const { username, icon_emoji, icon_url: at } = asked.at(1)?.args ?? {}
  expect({ username, icon_emoji, icon_url: at }).toEqual({ username: 'Grace', icon_emoji: undefined, icon_url })
})

it('shows an alert in the channel as well', async () => {
  const asked = slackAnswers(['auth.test', identity()], ['chat.postMessage', posted(ts)])
  await aConnector().connector.perform(aReply({ body: { ...Object(aReply().body), broadcast: true } }), aLink())
  expect(asked.at(1)?.args).toMatchObject({ thread_ts: rootTs, reply_broadcast: 'true' })
})

const withoutName = { channel, thread_ts: rootTs, text: '*Ana*\nHello', metadata: metadata(2, 2), ...unfurls }

it('writes the name into the text when the token has no scope for names', async () => {
  const scopes = { 'x-oauth-scopes': 'chat:write,channels:history' }
  const asked = slackAnswers(['auth.test', identity(), scopes], ['chat.postMessage', posted(ts)])
  await aConnector().connector.perform(aReply(), aLink())
  expect(asked.at(1)?.args).toEqual(withoutName)
})

it('posts without a name at once when Slack refuses it, and from then on', async () => {
  const asked = slackAnswers(
    ['auth.test', identity()],
    ['chat.postMessage', refused('missing_scope', { needed: 'chat:write.customize', provided: 'chat:write' })],
    ['chat.postMessage', posted(ts)],
    ['chat.postMessage', posted(ts)],
  )
  const { connector } = aConnector()
  await connector.perform(aReply(), aLink())
  await connector.perform(aReply(), aLink())
  expect(asked.slice(2).map(({ args }) => args)).toEqual([withoutName, withoutName])
})

it('halts when another scope is missing', async () => {
  slackAnswers(['auth.test', identity()], ['chat.postMessage', refused('missing_scope', { needed: 'chat:write' })])
  await expect(aConnector().connector.perform(aReply(), aLink())).rejects.toMatchObject({ failure: { kind: 'halted' } })
})

it('takes no answer to who it is for a sign that nothing was posted', async () => {
  nock('https://slack.example').post('/api/auth.test').reply(503, 'down')
  await expect(aConnector().connector.perform(aReply(), aLink())).rejects.toMatchObject({
    failure: { kind: 'transient' },
  })
})
