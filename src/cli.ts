import { summaryFold } from './chat/sessions/fold-summary.ts'
import { projections } from './compose.ts'
import { slackManifest } from './connectors/slack/manifest.ts'
import { createProjector } from './log/project.ts'
import { rebuild } from './log/rebuild.ts'
import { ConfigError, loadConfig } from './platform/config.ts'
import { connectMongo } from './platform/mongo.ts'

const usage = `usage: bin/deskbridge <command>

  config                       prints the configuration in force, without secrets
  repair                       drops everything that is made of the log and makes it again
  slack manifest --url URL     prints the Slack app's manifest for the service's public address`

const secretName = /secret|token|key$|password|mongodbUrl|redisUrl/i

const withoutSecrets = (key: string, value: unknown): unknown =>
  secretName.test(key) && typeof value === 'string' ? '…' : value

async function repair(): Promise<void> {
  const config = loadConfig(process.env)
  const connection = await connectMongo(config.mongodbUrl)
  const projector = createProjector({ connection, fold: summaryFold, projections })
  console.log(`${await rebuild(connection, projector, projections)} sessions were made again from their logs`)
  await connection.close()
}

async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === 'config') {
    const { inboxes, agents, ...settings } = loadConfig(process.env)
    console.log(JSON.stringify({ ...settings, inboxes, agents }, withoutSecrets, 2))
    return 0
  }
  if (command === 'repair') {
    await repair()
    return 0
  }
  const url = rest.at(rest.indexOf('--url') + 1)
  if (command === 'slack' && rest[0] === 'manifest' && rest.includes('--url') && url && URL.canParse(url)) {
    console.log(JSON.stringify(slackManifest(url.replace(/\/$/, '')), null, 2))
    return 0
  }
  console.error(usage)
  return 2
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
