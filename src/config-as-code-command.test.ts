import { expect, it } from 'vitest'
import { applyConfigCommand, exportConfigCommand } from './config-as-code-command.ts'

const terminal = { print: () => {}, ask: null }
const at = { PUBLIC_URL: 'http://127.0.0.1:9', DESKBRIDGE_API_KEY: 'x' }

it.each([
  ['no file', ['config'], at, /^There is no such command/],
  ['another thing', ['inboxes', 'a.yaml'], at, /^There is no such command/],
  ['an option that is none', ['config', 'a.yaml', '--force'], at, /^There is no such command/],
  ['a file that is not there', ['config', 'nowhere.yaml'], at, /^nowhere.yaml cannot be read: ENOENT$/],
  ['no address', ['config', 'package.json'], {}, /^Where the service is/],
  ['an address that is none', ['config', 'package.json', '--url', 'chat'], {}, /^Where the service is/],
  ['no key', ['config', 'package.json'], { PUBLIC_URL: 'http://localhost' }, /^Set DESKBRIDGE_API_KEY/],
])('says what is wrong with %s', async (_, args, env, message) => {
  const expected = { code: 'invalid_input', message: expect.stringMatching(message) }
  await expect(applyConfigCommand(args, env, terminal)).rejects.toMatchObject(expected)
})

it('says that nobody is at the address', async () => {
  const message = 'http://127.0.0.1:9 does not answer.'
  await expect(exportConfigCommand([], at, terminal)).rejects.toMatchObject({ code: 'unavailable', message })
})
