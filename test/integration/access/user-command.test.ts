import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../../src/platform/config.ts'
import { openAccounts, userCommand } from '../../../src/user-command.ts'
import { aChat, secret, type TestChat } from '../../support/chat.ts'
import { aBrowser } from '../../support/signed-in.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

/** The command as it runs beside the service, with what it said. */
async function user(args: readonly string[], input = '') {
  const { connection } = chat.node()
  const said: string[] = []
  const terminal = { read: async () => input, print: (line: string) => void said.push(line) }
  const understood = await userCommand(args, () => openAccounts(connection, configOf(connection)), terminal)
  return { understood, said }
}
const configOf = ({ name }: { name: string }) => loadConfig(environment(name))

const environment = (database: string) => {
  const url = new URL(process.env.MONGODB_URL ?? '')
  url.pathname = `/${database}`
  return { ...process.env, MONGODB_URL: url.toString(), DESKBRIDGE_SECRET: secret }
}

const signsIn = async (email: string, password: string) => (await aBrowser(chat).signIn(email, password)).status === 200

it('makes an account whose password is told once, sets another, and lets somebody in no more', async () => {
  const made = await user(['add', '--name', 'Bo Bell', '--email', 'bo@example.com', '--role', 'admin'])
  const [, first = ''] = /shown this once: (\S+)/.exec(made.said.join('\n')) ?? []
  const before = await signsIn('bo@example.com', first)
  const set = await user(['password', 'Bo@example.com', '--password-stdin'], 'a password of my own\n')
  const after = [await signsIn('bo@example.com', first), await signsIn('bo@example.com', 'a password of my own')]
  const list = await user(['list'])
  const gone = await user(['deactivate', 'bo@example.com'])
  const left = await signsIn('bo@example.com', 'a password of my own')
  await user(['activate', 'bo@example.com'])
  expect({
    length: first.length,
    said: [made.said[0], set.said, list.said.at(-1), gone.said],
    in: [before, ...after, left, await signsIn('bo@example.com', 'a password of my own')],
  }).toEqual({
    length: 24,
    said: [
      'bo@example.com: made',
      ['Bo@example.com: set'],
      'bo@example.com\tadmin\toffline\tBo Bell',
      ['bo@example.com: deactivated'],
    ],
    in: [true, false, true, false, true],
  })
})

const wrong = ['add', '--name', 'X', '--email', 'x@example.com']
it.each([
  ['a password that is too short', [...wrong, '--password-stdin'], 'invalid_input'],
  ['no email', ['add', '--name', 'X'], 'invalid_input'],
  ['a role that there is not', [...wrong, '--role', 'king'], 'invalid_input'],
  ['somebody unknown', ['password', 'nobody@example.com'], 'not_found'],
  ['a word that it does not know', ['elevate', 'x@example.com'], 'not understood'],
  ['an option that it does not know', ['list', '--all'], 'not understood'],
])('writes nothing for %s', async (_, args, outcome) => {
  const agents = chat.node().connection.collection('agents')
  const before = await agents.countDocuments()
  const answer = await user(args, 'short').catch((error: { code: string }) => error.code)
  expect([
    typeof answer === 'string' ? answer : !answer.understood && 'not understood',
    await agents.countDocuments(),
  ]).toEqual([outcome, before])
})

it('runs from a shell, and says there what is wrong', async () => {
  const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')
  const args = [cli, 'user', 'add', '--name', 'Again', '--email', 'seeded@example.com', '--password-stdin']
  const child = spawn(process.execPath, args, { env: environment(chat.node().connection.name) })
  child.stdin.end('a password of mine')
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  expect([await text(child.stdout), await text(child.stderr), await ended]).toEqual([
    '',
    'That exists already.\n  email: seeded@example.com\n',
    1,
  ])
})
