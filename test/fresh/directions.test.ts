import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from './installation.ts'

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'deskbridge-directions-'))
  for (const name of [
    'src',
    'clients',
    'sandbox',
    'stores',
    'launch',
    'test',
    'config',
    'tsconfig.json',
    'package.json',
    '.dependency-cruiser.cjs',
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true }))

const check = () => {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const run = spawnSync(
    process.execPath,
    [tool, '--config', '.dependency-cruiser.cjs', 'src', 'clients', 'sandbox', 'stores', 'launch'],
    { cwd: copy, encoding: 'utf8' },
  )
  return { code: run.status, output: run.stdout }
}

it('sees the tree as it is', () => {
  const { code, output } = check()
  expect([code, Number(/(\d+) modules/.exec(output)?.[1]) > 100]).toEqual([0, true])
})

it.each([
  ['src/log/planted.ts', "import '../chat/chat.ts'\n", 'log'],
  ['src/connectors/slack/planted.ts', "import '../zendesk/text.ts'\n", 'connectors-apart'],
  ['src/config-as-code/planted.ts', "import '../chat/inboxes/inboxes.ts'\n", 'config-as-code'],
  ['src/chat/planted.ts', "import 'bullmq'\n", 'one-file-calls-the-queue'],
  ['sandbox/planted.ts', "import '../src/platform/ids.ts'\n", 'sandbox-stands-alone'],
  ['clients/planted.ts', "import '../src/platform/ids.ts'\n", 'clients-use-the-contract'],
  ['src/planted.ts', "import '../stores/start.ts'\n", 'service-knows-no-stores'],
])('finds a forbidden import planted in %s', (file, text, rule) => {
  writeFileSync(join(copy, file), text)
  const { code, output } = check()
  rmSync(join(copy, file))
  expect([code === 0, output]).toEqual([false, expect.stringContaining(`error ${rule}: ${file}`)])
})
