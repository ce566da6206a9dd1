import { readFileSync } from 'node:fs'
import nock from 'nock'
import { afterEach, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import { command } from '../../../src/connectors/slack/actions/names.ts'
import { openSocket } from '../../../src/connectors/slack/open.ts'
import { events, methods } from '../../../src/connectors/slack/permissions.ts'
import { renderManifest, slackManifest } from '../../../src/connectors/slack/setup/manifest.ts'
import {
  aConnector,
  aLink,
  aReply,
  aRoot,
  channel,
  identity,
  opened,
  page,
  posted,
  push,
  pushed,
  refused,
  rootTs,
  slackAnswers,
  user,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

it('asks for the scopes that the calls and events in use take, and for no other', () => {
  expect(slackManifest('https://chat.example.com').oauth_config.scopes.bot).toEqual([
    'channels:history',
    'channels:read',
    'chat:write',
    'chat:write.customize',
    'commands',
    'files:read',
    'files:write',
    'groups:history',
    'groups:read',
    'reactions:write',
    'users:read',
    'users:read.email',
  ])
})

it('lists every method that the connector calls, and no other', async () => {
  const { connector, api } = aConnector()
  const asked = slackAnswers(
    ['auth.test', identity()],
    ['apps.connections.open', fixture('slack/apps.connections.open').body],
    ['chat.postMessage', posted('1700000050.000001')],
    ['conversations.replies', page([])],
    ['conversations.history', page([])],
    ['chat.delete', refused('cant_delete_message')],
    ['chat.update', { ok: true }],
    ['users.info', user()],
    ['conversations.info', fixture('slack/conversations.info').body],
    ['chat.postEphemeral', { ok: true }],
    ['reactions.add', { ok: true }],
    ['reactions.remove', { ok: true }],
    ['views.open', { ok: true }],
    ['views.update', { ok: true }],
    ['files.info', { ok: true, file: {} }],
    ['files.getUploadURLExternal', fixture('slack/files.getUploadURLExternal').body],
    ['files.completeUploadExternal', fixture('slack/files.completeUploadExternal').body],
    ['files.delete', fixture('slack/files.delete').body],
    ['oauth.v2.access', fixture('slack/oauth.v2.access').body],
    ['auth.revoke', fixture('slack/auth.revoke').body],
  )
  await api.channel(channel)
  await connector.perform(aReply(), aLink())
  await connector.find(aReply(), aLink())
  await connector.find(aRoot(), aLink({ remote: {} }))
  await connector.removeTwin(opened.thread, `${channel}:1700000050.000001`)
  const raw = { ts: '1700000060.000001', thread_ts: rootTs, user: 'U1', text: 'hi', files: [{ id: 'F1' }] }
  const arrival = await connector.understand({ id: `${channel}:${raw.ts}`, thread: opened.thread, order: raw.ts, raw })
  const [file] = arrival.kind === 'message' ? (arrival.files ?? []) : []
  await expect(file?.read(1)).rejects.toMatchObject({ failure: { kind: 'refused' } })
  await api.uploadPlace('bill.png', 1, api.deadline())
  await api.share({ files: [{ id: 'F1' }], channel_id: channel }, api.deadline())
  await api.removeFile('F1', api.deadline())
  await api.whisper({ channel, user: 'U1' }, 'hi')
  await api.react(channel, rootTs, 'warning')
  await api.unreact(channel, rootTs, 'warning')
  await api.openView('trigger', {})
  await api.updateView('view', {})
  await openSocket('xapp-1', 'https://slack.example/api/', { callTimeout: 5_000, retryFirst: 1_000 }).examine()
  await api.exchange({ client_id: '1', client_secret: '2', code: '3', redirect_uri: 'https://chat.example.com' })
  await api.revoke()
  expect(asked.map(({ method }) => method).sort()).toEqual(Object.keys(methods).sort())
})

it.each(Object.entries(events).filter(([, { type }]) => type === 'message'))(
  'handles %s, which it subscribes to',
  async (_, { type }) => {
    const { app, accepted } = aConnector()
    await push(app, pushed({ type, thread_ts: rootTs }))
    expect(accepted).toHaveLength(1)
  },
)

it('names no address in Socket Mode', () => {
  const { features, settings } = slackManifest(null)
  expect({ features, settings }).toMatchObject({
    features: { slash_commands: [command] },
    settings: {
      event_subscriptions: { bot_events: Object.keys(events).sort() },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  })
  expect(JSON.stringify(slackManifest(null))).not.toContain('url')
})

it('is the one that an administrator copies', () => {
  const file = new URL('../../../config/slack-manifest.yaml', import.meta.url)
  const comments = /^#.*\n/gm
  expect(readFileSync(file, 'utf8').replace(comments, '')).toBe(renderManifest('https://chat.example.com'))
})
