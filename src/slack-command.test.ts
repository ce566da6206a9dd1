import { expect, it } from 'vitest'
import { createStates } from './connectors/slack/installations/state.ts'
import { loadConfig } from './platform/config.ts'
import { slackInstallCommand } from './slack-command.ts'

const secret = 'x'.repeat(32)
const needed = {
  MONGODB_URL: 'mongodb://localhost/deskbridge',
  REDIS_URL: 'redis://localhost',
  DESKBRIDGE_SECRET: secret,
  PUBLIC_URL: 'https://chat.example.com',
  SLACK_SIGNING_SECRET: 's',
  SLACK_CHANNEL: 'C0123456789',
}

it('prints an address that the service takes back', async () => {
  const lines: string[] = []
  const config = loadConfig({ ...needed, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c' })
  expect(await slackInstallCommand(config, (line) => lines.push(line))).toBe(0)
  const url = new URL(lines[1] ?? '')
  const states = createStates({ secret, newId: () => '', now: Date.now })
  expect([url.origin, url.searchParams.get('client_id'), url.searchParams.get('redirect_uri')]).toEqual([
    'https://slack.com',
    '1.2',
    'https://chat.example.com/connectors/slack/oauth/callback',
  ])
  expect(await states.verify(url.searchParams.get('state') ?? '')).toMatchObject({ id: expect.stringMatching(/.{20}/) })
})

it.each([
  ['Slack is off', {}],
  ['there is a token alone', { SLACK_BOT_TOKEN: 'xoxb-1' }],
])('says what is missing where %s', async (_, given) => {
  const { SLACK_SIGNING_SECRET, SLACK_CHANNEL, ...off } = needed
  const config = loadConfig('SLACK_BOT_TOKEN' in given ? { ...needed, ...given } : off)
  await expect(slackInstallCommand(config, () => {})).rejects.toMatchObject({ code: 'slack_not_configured' })
})
