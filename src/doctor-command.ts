import type { Connection } from 'mongoose'
import { examineDestinations } from './bridge/health/examine.ts'
import { createHeard } from './bridge/inbound/heard.ts'
import { createInboxes } from './chat/inboxes/inboxes.ts'
import { slackDestination } from './connectors/slack/connector.ts'
import { createInstallationStore, type StoredInstallation, tokenOf } from './connectors/slack/installations/store.ts'
import { openSlack } from './connectors/slack/open.ts'
import { examineSlack } from './connectors/slack/setup/doctor.ts'
import { openZendesk } from './connectors/zendesk/open.ts'
import { examineZendesk } from './connectors/zendesk/setup/doctor.ts'
import type { Inbox } from './contract/inbox.ts'
import { examineMongo, examineRedis } from './doctor/examine-stores.ts'
import type { Finding } from './platform/finding.ts'
import { problem } from './platform/finding.ts'
import { createLogger } from './platform/log-output.ts'
import { connectMongo } from './platform/mongo.ts'
import { connectRedis } from './platform/redis.ts'
import { createSealedSecrets } from './platform/sealed-secrets.ts'
import type { Config } from './platform/settings.ts'

export const doctorUsage = `  doctor                       tells what works and what does not, and what to do about it; exit code 1 for a problem`

/** Answers the exit code. */
export async function doctorCommand(config: Config, print: (line: string) => void): Promise<number> {
  let problems = 0
  for await (const finding of examine(config)) {
    if (finding.level === 'problem') problems += 1
    print(lineOf(finding))
  }
  print(problems === 0 ? 'All is well.' : `${problems} ${problems === 1 ? 'problem' : 'problems'}.`)
  return problems === 0 ? 0 : 1
}

async function* examine(config: Config): AsyncGenerator<Finding> {
  yield* await mongodb(config)
  yield* await redis(config)
  yield* slack(config)
  yield* zendesk(config)
}

async function* slack(config: Config): AsyncGenerator<Finding> {
  if (!config.slack) return
  const { mongodbUrl, publicUrl, times } = config
  const now = Date.now
  const secrets = createSealedSecrets({ secret: config.secret, previous: config.previousSecret })
  const store = {
    list: () => inStore(mongodbUrl, (connection) => createInstallationStore({ connection, secrets, now }).list()),
    tokenOf: (stored: StoredInstallation) => tokenOf(secrets, stored),
    gone: async () => false,
  }
  const files = { of: async () => null }
  const { known, socket } = openSlack(config.slack, { times, store, files, now, logger: createLogger('silent') })
  const lastEvent = () => inStore(mongodbUrl, (connection) => createHeard(connection, now).last(slackDestination.name))
  const inboxes = () => inboxesOf(mongodbUrl)
  yield* examineSlack({ config: config.slack, known, inboxes, lastEvent, publicUrl, ...(socket && { socket }) })
}

async function* zendesk(config: Config): AsyncGenerator<Finding> {
  if (!config.zendesk) return
  const { api, account, pieces } = openZendesk(config.zendesk, { ...config, now: Date.now })
  const inboxes = () => inboxesOf(config.mongodbUrl)
  yield* examineZendesk({ config: config.zendesk, api, account, pieces, inboxes, publicUrl: config.publicUrl })
}

const inboxesOf = (mongodbUrl: string): Promise<Inbox[]> =>
  inStore(mongodbUrl, (connection) => createInboxes({ connection, now: Date.now }).list())

async function inStore<T>(mongodbUrl: string, read: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectMongo(mongodbUrl)
  return read(connection).finally(() => connection.close())
}

async function mongodb({ mongodbUrl }: Config): Promise<Finding[]> {
  try {
    const connection = await connectMongo(mongodbUrl)
    const look = async () => [...(await examineMongo(connection)), ...(await examineDestinations(connection, Date.now))]
    return await look().finally(() => connection.close())
  } catch (error) {
    return [problem(`MongoDB does not answer: ${String(error)}`, 'Check MONGODB_URL, and that MongoDB runs.')]
  }
}

async function redis({ redisUrl }: Config): Promise<Finding[]> {
  const redis = connectRedis(redisUrl)
  try {
    await ready(redis)
    return await examineRedis(redis)
  } catch (error) {
    return [problem(`Redis does not answer: ${String(error)}`, 'Check REDIS_URL, and that Redis runs.')]
  } finally {
    redis.disconnect()
  }
}

const ready = (redis: ReturnType<typeof connectRedis>): Promise<void> =>
  new Promise((resolve, reject) => redis.once('ready', resolve).once('error', reject))

const signs = { ok: '✓', warning: '!', problem: '✗' } as const

const lineOf = ({ level, what, todo }: Finding): string =>
  todo === undefined ? `${signs[level]} ${what}` : `${signs[level]} ${what}\n    ${todo}`
