import { afterEach, expect, it } from 'vitest'
import { startSlack } from '../../../sandbox/slack/start.ts'
import { createSlackApi } from '../../../src/connectors/slack/api.ts'
import { openSocket } from '../../../src/connectors/slack/open.ts'
import { examineSlack, type SlackDoctorOptions } from '../../../src/connectors/slack/setup/doctor.ts'
import { scopesInUse } from '../../../src/connectors/slack/setup/scopes.ts'
import { SlackSettings } from '../../../src/contract/slack-settings.ts'
import { allowInSlack } from '../../support/allow-in-slack.ts'

const channel = 'C0SUPPORT01'
const publicUrl = 'https://chat.example.com'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const apiOf = (url: string, token?: string) => createSlackApi({ token, apiUrl: `${url}/api/`, timeoutMs: 5_000 })

/** What the doctor says of a workspace in `state`: each finding's level and words. */
async function examined(
  state: Record<string, unknown>,
  {
    appToken,
    ...options
  }: Partial<SlackDoctorOptions> & { appToken?: string; knownIn?(url: string): SlackDoctorOptions['known'] } = {},
) {
  const slack = await startSlack({
    port: 0,
    token: 'xoxb-1',
    signingSecret: 's',
    appToken: 'xapp-1',
    channel,
    factor: 1,
  })
  closing.push(() => slack.stop())
  await fetch(`${slack.url}/sandbox/state`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(state),
  })
  const given: SlackDoctorOptions = {
    config: { channel },
    ...(appToken && { socket: openSocket(appToken, `${slack.url}/api/`, { callTimeout: 5_000, retryFirst: 1_000 }) }),
    known:
      options.knownIn?.(slack.url) ??
      (async () => ({ live: [{ team: null, api: apiOf(slack.url, 'xoxb-1') }], gone: [] })),
    inboxes: async () => [],
    lastEvent: async () => new Date(0),
    publicUrl,
    ...options,
  }
  const said: string[] = []
  for await (const { level, what } of examineSlack(given)) said.push(`${level}: ${what}`)
  return said
}

const signedIn = 'ok: Slack takes us in as @deskbridge of the workspace Sandbox'
const allScopes = 'ok: the token has every scope that is in use'
const isThere = 'ok: #channel-c0support01 (SLACK_CHANNEL) is there, and the app is in it'
const reached = `ok: Slack is told to call ${publicUrl}`
const heard = 'ok: the last event from Slack was taken in at 1970-01-01T00:00:00.000Z, and its signature was right'

it('says that all works', async () => {
  expect(await examined({})).toEqual([signedIn, allScopes, isThere, reached, heard])
})

it('says nothing more where the token is not taken', async () => {
  expect(await examined({ revoked: true })).toEqual([
    'problem: Slack does not take us in: auth.test: Slack refused: token_revoked',
  ])
})

it('tells what the token lacks, and what for', async () => {
  const scopes = [
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'files:write',
    'groups:history',
    'groups:read',
    'users:read',
  ]
  expect((await examined({ scopes })).slice(1, 4)).toEqual([
    'warning: the token lacks chat:write.customize: the author’s name above a post',
    'warning: the token lacks reactions:write: the signs at a reply that say whether the customer has it',
    'warning: the token lacks users:read.email: knowing which of them have an account here',
  ])
})

it('looks at each channel that an inbox has its threads in', async () => {
  const state = { archived: [channel], visible: ['C0OUTSIDE'], joined: ['C0SHARED'], shared: ['C0SHARED'] }
  const of = (key: string, own?: string) => ({ key, slack: SlackSettings.parse({ channel: own }) })
  const inboxes = async () => [of('a', 'C0OUTSIDE'), of('b', 'C0SHARED'), of('c', 'C0GONE'), of('d', 'C0GONE'), of('e')]
  expect((await examined(state, { inboxes })).slice(2, -2)).toEqual([
    'problem: #channel-c0support01 (SLACK_CHANNEL) is archived',
    'problem: the app is not in #channel-c0outside (the inbox a)',
    'problem: nothing is posted in #channel-c0shared (the inbox b): it is shared with another organisation',
    'problem: there is no channel C0GONE (the inbox c, the inbox d)',
  ])
})

it('takes a shared channel for meant where every inbox that uses it allows it', async () => {
  const slack = SlackSettings.parse({ channel: 'C0SHARED', allowShared: true })
  const inboxes = async () => [{ key: 'b', slack }]
  expect((await examined({ joined: ['C0SHARED'], shared: ['C0SHARED'] }, { inboxes })).at(3)).toBe(
    'warning: people of another organisation read the customers’ chats in #channel-c0shared (the inbox b)',
  )
})

/** The token of the second workspace. */
async function tokenOfSecond(url: string): Promise<string> {
  const client = { client_id: 'sandbox-client', redirect_uri: 'https://chat.example.com/back' }
  const asked = new URLSearchParams({ ...client, scope: scopesInUse().join(',') })
  const back = await allowInSlack(`${url}/oauth/v2/authorize?${asked}`, { team: 'T0SECOND' })
  const code = back.searchParams.get('code') ?? ''
  return (await apiOf(url).exchange({ ...client, client_secret: 'sandbox-secret', code })).access_token
}

it('looks at each workspace, and at each channel where that is', async () => {
  const knownIn = (url: string) => async () => {
    const second = { team: 'T0SECOND', api: apiOf(url, await tokenOfSecond(url)) }
    return { live: [{ team: null, api: apiOf(url, 'xoxb-1') }, second], gone: ['Third'] }
  }
  const inboxes = async () => [{ key: 'b', slack: SlackSettings.parse({ channel: 'C0SECOND01' }) }]
  expect((await examined({}, { knownIn, inboxes })).slice(0, -2)).toEqual([
    'problem: the app was taken out of the workspace Third',
    signedIn,
    allScopes,
    'ok: Slack takes us in as @deskbridge of the workspace Second',
    allScopes,
    isThere,
    'ok: #channel-c0second01 (the inbox b) is there, and the app is in it',
  ])
})

it('goes on where one workspace takes us in no more, and says where the app is in none', async () => {
  const knownIn = (url: string) => async () => ({
    live: ['xoxb-2', 'xoxb-1'].map((token) => ({ team: `T-${token}`, api: apiOf(url, token) })),
    gone: [],
  })
  const said = await examined({}, { knownIn })
  const none = await examined({}, { knownIn: () => async () => ({ live: [], gone: [] }) })
  expect([said.slice(0, 2), none]).toEqual([
    ['problem: Slack does not take us in at the workspace T-xoxb-2: auth.test: Slack refused: invalid_auth', signedIn],
    ['problem: the app is in no workspace yet'],
  ])
})

it('says what to click while no event has come, and that nobody can reach this machine', async () => {
  const found = await examined({}, { lastEvent: async () => null, publicUrl: 'http://localhost:3000' })
  expect(found.slice(-2)).toEqual([
    'problem: Slack cannot reach http://localhost:3000',
    'warning: no event has come from Slack yet',
  ])
})

it('asks whether the app-level token gives connections, and not whether Slack can call', async () => {
  const local = { publicUrl: 'http://localhost:3000' }
  const [right, wrong] = [
    await examined({}, { ...local, appToken: 'xapp-1' }),
    await examined({}, { ...local, appToken: 'xapp-2', lastEvent: async () => null }),
  ]
  expect([right.slice(-2), wrong.slice(-2)]).toEqual([
    [
      'ok: Slack takes the app-level token, and gives connections for Socket Mode',
      'ok: the last event from Slack was taken in at 1970-01-01T00:00:00.000Z',
    ],
    [
      'problem: Slack gives no connection for Socket Mode: apps.connections.open: Slack refused: invalid_auth',
      'warning: no event has come from Slack yet',
    ],
  ])
})

it('goes on where one thing cannot be found out', async () => {
  const lastEvent = () => Promise.reject(new Error('the store is down'))
  expect((await examined({}, { lastEvent })).at(-1)).toBe('problem: whether events arrive: the store is down')
})
