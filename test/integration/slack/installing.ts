import { Hono } from 'hono'
import nock from 'nock'
import { openInstallationStore, openInstalling } from '../../../src/connectors/slack/installations/open.ts'
import { mountInstalling } from '../../../src/connectors/slack/installations/routes.ts'
import { slackInstallationModel, usedStateModel } from '../../../src/connectors/slack/installations/store.ts'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import type { SlackInstallation } from '../../../src/contract/slack-installation.ts'
import { loadConfig } from '../../../src/platform/config.ts'
import { onError } from '../../../src/platform/http/errors.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { connectMongo, createIndexes } from '../../../src/platform/mongo.ts'
import { farAhead } from '../../support/far-ahead.ts'
import { freshStores } from '../../support/stores.ts'

const logger = createLogger('silent')
const admin = { authorization: 'Bearer admin' }

/** What administrators and Slack call, on a store of its own; Slack is at `https://slack.example`. */
export async function anInstalling() {
  const stores = await freshStores()
  const connection = await connectMongo(stores.mongodbUrl)
  await createIndexes(connection, [slackInstallationModel, usedStateModel])
  let now = farAhead
  let keys = 0
  const { slack, ...config } = loadConfig({
    MONGODB_URL: stores.mongodbUrl,
    REDIS_URL: stores.redisUrl,
    DESKBRIDGE_SECRET: 'a secret of the tests, long enough',
    PUBLIC_URL: 'https://chat.example.com',
    SLACK_CLIENT_ID: '2141029472.691202649728',
    SLACK_CLIENT_SECRET: 'client-secret',
    SLACK_SIGNING_SECRET: 'signing-secret',
    SLACK_API_URL: 'https://slack.example/api/',
    SLACK_CHANNEL: 'C0SUPPORT01',
  })
  if (!slack) throw new Error('Slack is off')
  const appWith = (given: Partial<typeof slack> = {}, secrets: { secret?: string; previousSecret?: string } = {}) => {
    const deps = { connection, logger, now: () => now, newKey: () => `key-${(keys += 1)}` }
    const store = openInstallationStore({ ...config, ...secrets }, deps)
    const onlyAdmins = async (c: { req: { header(name: string): string | undefined } }) => {
      if (c.req.header('authorization') !== admin.authorization) throw new DeskbridgeError('forbidden')
    }
    const app = new Hono()
    app.onError(onError(logger))
    mountInstalling(
      app,
      openInstalling({ ...slack, ...given }, { ...config, ...secrets }, { ...deps, store, onlyAdmins }),
    )
    return { app, store }
  }
  const { app, store } = appWith()

  const ask = async (method: string, path: string, headers: Record<string, string> = admin) => {
    const answer = await app.request(`/api/admin/slack/installations${path}`, { method, headers })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
  }

  return {
    ask,
    appWith,
    store,
    stores,
    secret: config.secret,
    connection,
    async link() {
      const { body } = await ask('POST', '/links')
      const url = new URL(body.url)
      return { url, expiresAt: body.expiresAt, state: url.searchParams.get('state') ?? '' }
    },
    list: async (): Promise<SlackInstallation[]> => (await ask('GET', '')).body.installations,
    /** As Slack sends a browser back. */
    async comeBack(query: Record<string, string>) {
      const answer = await app.request(`/connectors/slack/oauth/callback?${new URLSearchParams(query)}`)
      const page = await answer.text()
      const [, code = null] = /<code>([a-z_]+)<\/code><\/p>/.exec(page) ?? []
      return { status: answer.status, code, page, headers: answer.headers }
    },
    pass(ms: number) {
      now += ms
    },
    async close() {
      await connection.close()
      await stores.drop()
    },
  }
}

/** What Slack says to the next calls of a method; `asked` collects what it was called with. */
export function answered(method: string, ...answers: readonly object[]) {
  const asked: Record<string, string>[] = []
  for (const answer of answers)
    nock('https://slack.example')
      .post(`/api/${method}`)
      .reply(function (_uri, sent) {
        const { authorization = null } = this.req.headers
        asked.push({
          ...Object.fromEntries(new URLSearchParams(String(sent))),
          ...(authorization && { authorization: String(authorization) }),
        })
        return [200, answer]
      })
  return asked
}
