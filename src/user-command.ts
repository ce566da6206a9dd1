import { parseArgs } from 'node:util'
import type { Connection } from 'mongoose'
import { accessModels } from './access/sign-in/collections.ts'
import { createLibrary } from './access/sign-in/library.ts'
import { createSignIn, type SignIn } from './access/sign-in/sign-in.ts'
import { createStanding, type Standing } from './access/standing.ts'
import { activateAgent, activeAgent, deactivateAgent } from './chat/agents/activate-agent.ts'
import { type Agents, agentModel, createAgents } from './chat/agents/agents.ts'
import { createStatuses, type Statuses } from './chat/agents/statuses.ts'
import { CreateAgent } from './contract/agent.ts'
import { parseInput } from './contract/parse.ts'
import { SetPasswordBody } from './contract/sign-in.ts'
import { systemClock } from './platform/clock.ts'
import { createIds } from './platform/ids.ts'
import { createLogger } from './platform/log-output.ts'
import { createIndexes } from './platform/mongo.ts'
import type { Config } from './platform/settings.ts'

export const userUsage = `  user add --name NAME --email EMAIL [--role agent|supervisor|admin]
                               makes an account, with a password that is printed once
  user list                    lists the accounts
  user password EMAIL          sets another password, printed once, and ends the sessions
  user deactivate EMAIL        signs somebody out everywhere and lets them in no more
  user activate EMAIL          lets them in again
                               with --password-stdin a password is read from standard input instead`

export interface Accounts {
  agents: Agents
  signIn: SignIn
  standing: Standing
  statuses: Statuses
  /** The console's address. */
  signInAt: string
}

/** Enough of the service to change accounts; running processes see it within seconds. */
export async function openAccounts(connection: Connection, config: Config): Promise<Accounts> {
  await createIndexes(connection, [agentModel, ...accessModels])
  const now = systemClock
  const ids = createIds()
  const standing = createStanding({ connection, now })
  const library = createLibrary({
    connection,
    // No provider is asked anything here.
    config: { ...config, oidc: undefined },
    newId: ids.token,
    onPasswordReset: standing.changed,
    logger: createLogger('silent'),
  })
  return {
    agents: createAgents({ connection, ids, now }),
    signIn: createSignIn({ library, standing, newToken: ids.token, now }),
    standing,
    signInAt: `${config.publicUrl}/console`,
    statuses: createStatuses({
      connection,
      presence: { whereabouts: async (who) => who.map(() => ({ kind: 'unknown' })) },
      limits: config.limits,
      now,
      onError: () => {},
    }),
  }
}

export interface Terminal {
  read(): Promise<string>
  print(line: string): void
}

/** Whether the command was understood. Throws the errors of the API. */
export async function userCommand(
  args: readonly string[],
  open: () => Promise<Accounts>,
  terminal: Terminal,
): Promise<boolean> {
  const given = parsed(args)
  const [verb = '', email = ''] = given?.positionals ?? []
  const command = commands[verb]
  if (!given || !command || (command.wantsEmail && !email)) return false
  await command.run({ ...given.values, ...(command.wantsEmail && { email }) }, open, terminal)
  return true
}

interface Values {
  name?: string | undefined
  email?: string | undefined
  role?: string | undefined
  'password-stdin'?: boolean | undefined
}

function parsed(args: readonly string[]): { values: Values; positionals: string[] } | null {
  const text = { type: 'string' } as const
  const options = { name: text, email: text, role: text, 'password-stdin': { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return null
  }
}

const toldOnce = (password: string, at: string) => `the password, shown this once: ${password}\nsign in at ${at}`

interface Command {
  wantsEmail: boolean
  run(values: Values, open: () => Promise<Accounts>, terminal: Terminal): Promise<void>
}

const commands: Readonly<Record<string, Command>> = {
  list: {
    wantsEmail: false,
    async run(_, open, { print }) {
      const { agents } = await open()
      for (const { email, name, role, status, deactivatedAt } of await agents.list())
        print([email, role, deactivatedAt ? 'inactive' : status, name].join('\t'))
    },
  },
  add: {
    wantsEmail: false,
    async run({ 'password-stdin': fromInput, ...about }, open, terminal) {
      const wanted = parseInput(CreateAgent, about)
      const password = await choosePassword(fromInput, terminal)
      const { agents, signIn, signInAt } = await open()
      const { _id, email } = await agents.create(wanted)
      await signIn.setPassword(_id, password)
      terminal.print(`${email}: made`)
      if (!fromInput) terminal.print(toldOnce(password, signInAt))
    },
  },
  password: {
    wantsEmail: true,
    async run({ email = '', 'password-stdin': fromInput }, open, terminal) {
      const password = await choosePassword(fromInput, terminal)
      const accounts = await open()
      const { _id } = await activeAgent(accounts, (await accounts.agents.byEmail(email))._id)
      await accounts.signIn.setPassword(_id, password)
      terminal.print(`${email}: set`)
      if (!fromInput) terminal.print(toldOnce(password, accounts.signInAt))
    },
  },
  deactivate: {
    wantsEmail: true,
    async run({ email = '' }, open, { print }) {
      const accounts = await open()
      await deactivateAgent(accounts, (await accounts.agents.byEmail(email))._id)
      print(`${email}: deactivated`)
    },
  },
  activate: {
    wantsEmail: true,
    async run({ email = '' }, open, { print }) {
      const accounts = await open()
      await activateAgent(accounts, (await accounts.agents.byEmail(email))._id)
      print(`${email}: activated`)
    },
  },
}

/** One line of standard input, or as hard to guess as an id. */
async function choosePassword(fromInput: boolean | undefined, { read }: Terminal): Promise<string> {
  const chosen = fromInput ? (await read()).replace(/\r?\n$/, '') : createIds().token()
  return parseInput(SetPasswordBody, { password: chosen }).password
}
