import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const needed = {
  MONGODB_URL: 'mongodb://localhost/deskbridge',
  REDIS_URL: 'redis://localhost',
  DESKBRIDGE_SECRET: 'x'.repeat(32),
}
const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_CHANNEL: 'C0123456789' }

it('starts from the commented defaults, and environment variables win', () => {
  const config = loadConfig({ ...needed, PORT: '4000', DESKBRIDGE_ROLE: 'worker' })
  expect(config).toMatchObject({
    port: 4000,
    role: 'worker',
    publicUrl: 'http://localhost:3000',
    times: { lease: 30_000 },
  })
})

it('switches a connector on when its credentials are set, and takes empty variables for unset', () => {
  const off = loadConfig({ ...needed, SLACK_BOT_TOKEN: '', ZENDESK_SUBDOMAIN: '' })
  const on = loadConfig({ ...needed, ...slack })
  expect([off.slack, off.zendesk, on.slack?.apiUrl]).toEqual([undefined, undefined, 'https://slack.com/api/'])
})

it('takes Slack by Socket Mode, without a signing secret', () => {
  const { SLACK_SIGNING_SECRET: _, ...rest } = slack
  const load = (token: string) => loadConfig({ ...needed, ...rest, SLACK_APP_TOKEN: token })
  expect(load('xapp-1').slack).toMatchObject({ appToken: 'xapp-1', botToken: 'xoxb-1' })
  expect(() => load('xoxb-1')).toThrow('slack.appToken: must be an app-level token')
  expect(() => load('')).toThrow('slack.signingSecret: is needed, or appToken for Socket Mode')
})

it.each([
  [
    'neither a token nor a client',
    { SLACK_BOT_TOKEN: '' },
    /slack\.botToken: .*SLACK_CLIENT_ID and SLACK_CLIENT_SECRET/,
  ],
  ['a client without its secret', { SLACK_CLIENT_ID: '1' }, /slack\.oauth\.clientSecret/],
  [
    'a client without a channel',
    { SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2', SLACK_CHANNEL: '' },
    /slack\.channel/,
  ],
])('does not start with Slack set halfway: %s', (_, given, what) => {
  expect(() => loadConfig({ ...needed, ...slack, ...given })).toThrow(what)
})

it('switches Slack on without a token, for installing into workspaces', () => {
  const client = { SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' }
  const config = loadConfig({ ...needed, ...slack, ...client })
  expect([config.slack?.botToken, config.slack?.oauth]).toEqual([undefined, { clientId: '1', clientSecret: '2' }])
})

it('takes hosts and ranges of the own network for webhooks, and nothing that is neither', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'deskbridge-config-')), 'own.yaml')
  const load = (...allow: string[]) => {
    writeFileSync(file, JSON.stringify({ webhooks: { allow } }))
    return loadConfig({ ...needed, DESKBRIDGE_CONFIG: file }).webhooks.allow
  }
  const right = ['hooks.internal', 'localhost', '10.0.0.0/8', '127.0.0.1', 'fd00::/8']
  expect(load(...right)).toEqual(right)
  const wrong = [
    'http://hooks.internal',
    'hooks.internal:80',
    'hooks.internal.',
    '127.1',
    '10.0.0.0/33',
    '[::1]',
    '*.internal',
    '',
  ]
  for (const entry of wrong) expect(() => load(entry), entry).toThrow('webhooks.allow.0: must be a host')
})

it('names everything that is wrong at once', () => {
  const load = () => loadConfig({ REDIS_URL: 'http://x', DESKBRIDGE_SECRET: 'short', SLACK_BOT_TOKEN: 'xoxb-1' })
  expect(load).toThrow(ConfigError)
  for (const name of ['mongodbUrl', 'redisUrl', 'secret', 'slack.signingSecret', 'slack.channel'])
    expect(load).toThrow(name)
})

it('shortens every time and every window by one factor', () => {
  const config = loadConfig({ ...needed, ...slack, DESKBRIDGE_TIME_FACTOR: '0.1' })
  expect([config.times.lease, config.times.settle, config.slack?.posts.windowMs]).toEqual([3_000, 6_000, 6_000])
})

it('documents each default with a comment', () => {
  const lines = readFileSync(new URL('../../config/default.yaml', import.meta.url), 'utf8').split('\n')
  const bare = lines.filter((line, index) => /^[a-zA-Z]+:/.test(line) && !lines[index - 1]?.startsWith('#'))
  expect(bare).toEqual([])
})
