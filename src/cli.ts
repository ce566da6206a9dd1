import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { styleText } from 'node:util'
import type { Connection } from 'mongoose'
import type { Terminal } from './config-as-code/apply-config.ts'
import { applyConfigCommand, configAsCodeUsage, exportConfigCommand } from './config-as-code-command.ts'
import { slackManifest } from './connectors/slack/setup/manifest.ts'
import { DeskbridgeError } from './contract/errors.ts'
import { doctorCommand, doctorUsage } from './doctor-command.ts'
import { keyCommand, keyUsage } from './key-command.ts'
import { systemClock } from './platform/clock.ts'
import { ConfigError, loadConfig } from './platform/config.ts'
import { connectMongo } from './platform/mongo.ts'
import type { Config } from './platform/settings.ts'
import { eraseCommand, exportCommand, privacyUsage } from './privacy-commands.ts'
import { repairCommand, repairUsage } from './repair-command.ts'
import { slackInstallCommand, slackUsage } from './slack-command.ts'
import { openAccounts, userCommand, userUsage } from './user-command.ts'
import { zendeskCommand, zendeskUsage } from './zendesk-command.ts'

const usage = `usage: bin/deskbridge <command>

  config                       prints the configuration in force, without secrets
${doctorUsage}
${repairUsage}
${userUsage}
${keyUsage}
${privacyUsage}
${configAsCodeUsage}
${zendeskUsage}
${slackUsage}
  slack manifest --url URL     prints the Slack app's manifest for the service's public address
  slack manifest --socket      prints that of an app in Socket Mode, which needs no address`

const secretName = /secret|token|key$|password|mongodbUrl|redisUrl/i

const withoutSecrets = (key: string, value: unknown): unknown =>
  secretName.test(key) && typeof value === 'string' ? '…' : value

async function user(args: readonly string[]): Promise<boolean> {
  let close = async () => {}
  const open = async () => {
    const config = loadConfig(process.env)
    const connection = await connectMongo(config.mongodbUrl)
    close = () => connection.close()
    return openAccounts(connection, config)
  }
  const terminal = { read: () => text(process.stdin), print: (line: string) => console.log(line) }
  return userCommand(args, open, terminal).finally(() => close())
}

const colours = { added: 'green', removed: 'red', place: 'cyan', title: 'bold' } as const

/** `styleText` leaves a stream that is no terminal, and one whose owner wants no colours, without them. */
const terminal = (): Terminal => ({
  print: (line, tone) => console.log(tone ? styleText(colours[tone], line, { stream: process.stdout }) : line),
  ask: process.stdin.isTTY && process.stdout.isTTY ? ask : null,
})

/** Whoever ends the input or presses Ctrl+C has not said yes. */
async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const ended = once(lines, 'close').then(() => '')
  const answer = await Promise.race([lines.question(`${question} [y/N] `).catch(() => ''), ended])
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function onStore(run: (connection: Connection, config: Config) => Promise<number>): Promise<number> {
  const config = loadConfig(process.env)
  const connection = await connectMongo(config.mongodbUrl)
  return run(connection, config).finally(() => connection.close())
}

async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === 'config') {
    const { inboxes, agents, ...settings } = loadConfig(process.env)
    console.log(JSON.stringify({ ...settings, inboxes, agents }, withoutSecrets, 2))
    return 0
  }
  if (command === 'doctor') return doctorCommand(loadConfig(process.env), console.log)
  if (command === 'zendesk') return zendeskCommand(loadConfig(process.env), rest, console.log)
  if (command === 'repair')
    return onStore((connection, config) => repairCommand({ connection, config, now: systemClock }, rest, console.log))
  if (command === 'export' && rest[0] === 'config') return exportConfigCommand(rest.slice(1), process.env, terminal())
  if (command === 'apply') return applyConfigCommand(rest, process.env, terminal())
  if (command === 'export')
    return onStore((connection) => exportCommand(connection, rest, process.stdout).then(() => 0))
  if (command === 'erase') return onStore((connection) => eraseCommand(connection, rest, process.stdout).then(() => 0))
  if (command === 'user' && (await user(rest))) return 0
  if (command === 'key')
    return onStore(async (connection) =>
      (await keyCommand(rest, { connection, now: systemClock, print: console.log })) ? 0 : fail(),
    )
  if (command === 'slack' && rest[0] === 'manifest' && rest.includes('--socket')) {
    console.log(JSON.stringify(slackManifest(null), null, 2))
    return 0
  }
  if (command === 'slack' && rest.join(' ') === 'install')
    return slackInstallCommand(loadConfig(process.env), console.log)
  const url = rest.at(rest.indexOf('--url') + 1)
  if (command === 'slack' && rest[0] === 'manifest' && rest.includes('--url') && url && URL.canParse(url)) {
    console.log(JSON.stringify(slackManifest(url.replace(/\/$/, '')), null, 2))
    return 0
  }
  return fail()
}

/** What was asked is no command. */
function fail(): number {
  console.error(usage)
  return 2
}

function messageOf(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message
  if (!(error instanceof DeskbridgeError)) return error
  const { details } = error
  const lines = Array.isArray(details)
    ? details.map(({ path, problem }) => `${path}: ${problem}`)
    : Object.entries(details ?? {}).map(([name, value]) => `${name}: ${value}`)
  return [error.message, ...lines.map((line) => `  ${line}`)].join('\n')
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
