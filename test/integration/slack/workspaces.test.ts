import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { createInstallations } from '../../../src/connectors/slack/installations/installations.ts'
import type { StoredInstallation } from '../../../src/connectors/slack/installations/store.ts'
import { createKnown } from '../../../src/connectors/slack/installations/stored.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { channelInfo, identity, now, refused } from './arrange.ts'

afterEach(() => nock.cleanAll())

const channel = 'C0WANTED01'
const logger = createLogger('silent')

/** Workspaces by their names, each with a token of the same name, the earlier installed first. */
function inWorkspaces(...names: string[]) {
  const stored = names.map(
    (name): StoredInstallation => ({
      ...{ _id: `T-${name}`, name, botUser: 'U1', app: 'A1', scopes: [], goneAt: null, sealed: name },
      ...{ installedAt: new Date(0), grantedAt: new Date(0) },
    }),
  )
  const store = {
    list: async () => stored,
    tokenOf: ({ sealed }: StoredInstallation) => (sealed === 'unknown secret' ? null : sealed),
    async gone(one: StoredInstallation) {
      one.goneAt = new Date(now)
      return true
    },
  }
  const deps = { apiUrl: 'https://slack.example/api/', timeoutMs: 5_000, now: () => now, logger }
  const { known, left } = createKnown({ ...deps, store, configured: null, files: { of: async () => null } })
  return { stored, installations: createInstallations({ ...deps, known, left }) }
}

/** What Slack says to each token; `asked` collects whose it was. */
function slackSays(method: string, answers: Record<string, object | number>) {
  const asked: string[] = []
  nock('https://slack.example')
    .persist()
    .post(`/api/${method}`)
    .reply(function () {
      const token = String(this.req.headers.authorization).replace('Bearer ', '')
      asked.push(token)
      const answer = answers[token] ?? refused('invalid_auth')
      return typeof answer === 'number' ? [answer, ''] : [200, answer]
    })
  return asked
}

type Installations = ReturnType<typeof inWorkspaces>['installations']
const where = ({ within }: Installations) =>
  within(channel, async ({ team }) => team).catch((error: unknown) =>
    error instanceof RemoteFailure ? { ...error.failure, code: error.code } : error,
  )

const has = channelInfo()
const hasNot = refused('channel_not_found')

describe('a channel is where', () => {
  it.each<[string, Record<string, object | number>, unknown]>([
    ['the one workspace is that has it', { a: hasNot, b: has, c: hasNot }, 'T-b'],
    ['it was installed first, of two that share it', { a: hasNot, b: has, c: has }, 'T-b'],
    ['nobody else has it and one may not look', { a: refused('missing_scope'), b: hasNot, c: hasNot }, 'T-a'],
    ['it is seen, rather than where one may not look', { a: refused('missing_scope'), b: hasNot, c: has }, 'T-c'],
    ['a token is good, whatever became of another', { a: refused('token_revoked'), b: hasNot, c: has }, 'T-c'],
  ])('%s', async (_, answers, team) => {
    slackSays('conversations.info', answers)
    expect(await where(inWorkspaces('a', 'b', 'c').installations)).toBe(team)
  })

  it.each<[string, Record<string, object | number>, object]>([
    ['no workspace has it', { a: hasNot, b: hasNot }, { kind: 'halted', scope: 'link', code: 'channel_not_found' }],
    [
      'the one that may have it lets nobody look',
      { a: hasNot, b: refused('account_inactive') },
      { kind: 'halted', scope: 'link', code: 'account_inactive' },
    ],
    ['a look failed, although the next one has it', { a: 500, b: has }, { kind: 'transient' }],
    ['Slack does not answer well', { a: hasNot, b: refused('internal_error') }, { kind: 'transient' }],
  ])('nothing is done while %s', async (_, answers, failure) => {
    slackSays('conversations.info', answers)
    expect(await where(inWorkspaces('a', 'b').installations)).toEqual(failure)
  })

  it('is asked once, and never with one workspace', async () => {
    const asked = slackSays('conversations.info', { a: hasNot, b: has })
    const [two, one] = [inWorkspaces('a', 'b').installations, inWorkspaces('a').installations]
    const found = [await where(two), await where(two), await where(one)]
    expect({ found, asked }).toEqual({ found: ['T-b', 'T-b', 'T-a'], asked: ['a', 'b'] })
  })
})

describe('a workspace that the app was taken out of', () => {
  it('holds its own channels up and says which, and lets another have those that it shares', async () => {
    const { stored, installations } = inWorkspaces('a', 'b', 'c')
    slackSays('conversations.info', { a: has, b: hasNot, c: hasNot })
    slackSays('auth.test', { a: refused('token_revoked') })
    const before = await where(installations)
    await installations.left('T-a')
    const after = await installations.ofChannel(channel).catch((error: unknown) => error)
    expect([before, stored.map(({ goneAt }) => goneAt !== null)]).toEqual(['T-a', [true, false, false]])
    expect(after).toMatchObject({
      failure: { kind: 'halted', scope: 'link' },
      code: 'not_installed',
      message: expect.stringContaining('taken out of a. To have it there again'),
    })
    nock.cleanAll()
    slackSays('conversations.info', { b: hasNot, c: has })
    expect(await where(installations)).toBe('T-c')
  })

  it('is one as well whose token cannot be opened any more', async () => {
    const { stored, installations } = inWorkspaces('a')
    for (const one of stored) one.sealed = 'unknown secret'
    expect(await where(installations)).toEqual({ kind: 'halted', code: 'not_installed' })
  })

  it('is none of which Slack tells late, when its token is good again', async () => {
    const { stored, installations } = inWorkspaces('a')
    slackSays('auth.test', { a: identity() })
    await installations.left('T-a')
    expect(stored.map(({ goneAt }) => goneAt)).toEqual([null])
  })

  it('counts only once Slack can say so', async () => {
    const { stored, installations } = inWorkspaces('a')
    slackSays('auth.test', { a: 500 })
    await expect(installations.left('T-a')).rejects.toThrow()
    expect(stored.map(({ goneAt }) => goneAt)).toEqual([null])
  })
})

it('uses a newer token at once when the one before is refused, whoever holds the installation', async () => {
  const { stored, installations } = inWorkspaces('old')
  const [held] = await installations.list()
  for (const one of stored) one.sealed = 'new'
  const asked = slackSays('auth.test', { old: refused('token_revoked'), new: identity() })
  await held?.api.identity()
  expect(asked).toEqual(['old', 'new'])
})

it('is found by its workspace, the configured one by what Slack says of it', async () => {
  const { installations } = inWorkspaces('a', 'b')
  const teams = await Promise.all(
    ['T-b', 'T-other'].map(async (team) => (await installations.ofTeam(team))?.team ?? null),
  )
  expect(teams).toEqual(['T-b', null])
})
