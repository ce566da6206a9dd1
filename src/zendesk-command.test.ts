import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { packageApp } from './connectors/zendesk/setup/package-app.ts'
import { loadConfig } from './platform/config.ts'
import { zendeskCommand } from './zendesk-command.ts'

const publicUrl = 'https://chat.acme.example'
const needed = {
  MONGODB_URL: 'mongodb://localhost/deskbridge',
  REDIS_URL: 'redis://localhost',
  DESKBRIDGE_SECRET: 'x'.repeat(32),
}

/** The command on a service at an address, in a folder of its own. */
async function aCommand(address: string) {
  const folder = await mkdtemp(join(tmpdir(), 'deskbridge-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const config = loadConfig({ ...needed, PUBLIC_URL: address })
  const said: string[] = []
  return { folder, said, run: (...args: string[]) => zendeskCommand(config, args, (line) => void said.push(line)) }
}

it('writes the app of the service’s address, also where Zendesk is not configured', async () => {
  const { folder, said, run } = await aCommand(`${publicUrl}/`)
  const file = join(folder, 'app.zip')
  const code = await run('app', file)
  const { version, zip } = await packageApp(publicUrl)
  expect([code, await readFile(file), said[0]]).toEqual([
    0,
    Buffer.from(zip),
    `✓ wrote ${file}, version ${version}, for ${publicUrl}`,
  ])
})

it.each([
  ['an address that Zendesk shows nothing of', 'http://chat.acme.example', ['app', 'app.zip'], /over https only/],
  [
    'a folder that is not there',
    publicUrl,
    ['app', '/nowhere/app.zip'],
    /\/nowhere\/app.zip cannot be written: ENOENT/,
  ],
  ['no file', publicUrl, ['app'], /no such command/],
  ['two files', publicUrl, ['app', 'a.zip', 'b.zip'], /no such command/],
  ['taking a file away', publicUrl, ['app', 'a.zip', '--remove'], /no such command/],
  ['setting up a file', publicUrl, ['setup', 'a.zip'], /no such command/],
  ['setting up without an account', publicUrl, ['setup'], /Zendesk is not configured/],
])('refuses %s', async (_what, address, args, message) => {
  const { run } = await aCommand(address)
  await expect(run(...args)).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringMatching(message) })
})
