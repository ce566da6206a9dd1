import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdminApi } from '../../../src/config-as-code/admin-api.ts'
import { carryOut } from '../../../src/config-as-code/carry-out.ts'
import { parseFile } from '../../../src/config-as-code/parse-file.ts'
import { planConfig } from '../../../src/config-as-code/plan-config.ts'
import { sections } from '../../../src/config-as-code/sections.ts'
import { applyConfigCommand, exportConfigCommand } from '../../../src/config-as-code-command.ts'
import type { AuditPage } from '../../../src/contract/audit.ts'
import { adminKey } from '../../support/chat-node.ts'
import { aService, asAdmin, type Service, type ServiceProcess } from '../../support/service.ts'

const root = join(import.meta.dirname, '..', '..', '..')
let services: Service[]
let source: ServiceProcess
let target: ServiceProcess
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-as-code-'))
  services = [await aService(), await aService()]
  const [from, to] = await Promise.all(services.map((service) => service.start('api')))
  if (!from || !to) throw new Error('not started')
  ;[source, target] = [from, to]
})
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()))
  await rm(folder, { recursive: true })
})

const env = { DESKBRIDGE_ADMIN_KEY: adminKey }

/** The command as it is run on any machine: it knows an address and a key, and no store. */
const deskbridge = (...args: string[]) =>
  new Promise<{ code: number; said: string[] }>((resolve) => {
    const child = execFile(process.execPath, [join(root, 'src', 'cli.ts'), ...args], { env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, said: `${out}${err}`.split('\n').filter(Boolean) }),
    )
  })

async function aFile(text: string): Promise<string> {
  const file = join(folder, `${Math.random()}.yaml`)
  await writeFile(file, text)
  return file
}

/** The same in this process. */
async function apply(text: string, ...options: string[]) {
  const said: string[] = []
  const terminal = { print: (line: string) => void said.push(line), ask: null }
  const args = ['config', await aFile(text), '--url', target.url, ...options]
  return { code: await applyConfigCommand(args, env, terminal), said }
}

async function exported({ url }: ServiceProcess): Promise<string> {
  const file = await aFile('')
  await exportConfigCommand(['--out', file, '--url', url], env, { print: () => {} })
  return readFile(file, 'utf8')
}

const anExample = async (): Promise<string> => {
  const guide = await readFile(join(root, 'docs', 'config-as-code.md'), 'utf8')
  return guide.split('```yaml\n')[1]?.split('```')[0] ?? ''
}

it('makes an empty installation like the one that was exported, after a yes', async () => {
  await asAdmin(source.url, '/api/admin/inboxes', {
    ...{ key: 'shop', name: 'Shop', allowedOrigins: ['https://shop.example'], greeting: 'Hi\nthere ' },
    hours: { timeZone: 'Europe/Lisbon', weekly: { mon: [{ from: '09:00', to: '17:00' }] } },
    slack: { channel: 'C0123456789', alerts: [{ after: 60_000 }] },
    zendesk: { groupId: '0360001234567', when: ['closed'] },
  })
  await asAdmin(source.url, '/api/admin/webhooks/endpoints', {
    ...{ url: 'https://crm.example/hooks', events: ['chat.*'], inboxes: ['shop'], ratePerSecond: 5 },
    headers: [{ name: 'authorization', value: 'of the CRM' }],
  })
  for (let index = 0; index < 101; index += 1)
    await asAdmin(source.url, '/api/admin/canned', { name: `Text ${index % 60}`, text: ` ${index}\n`, inbox: 'shop' })
  const text = await exported(source)
  const unasked = await apply(text)
  const before = await exported(target)
  const done = await apply(text, '--yes')
  expect({
    codes: [unasked.code, done.code],
    hint: unasked.said.at(-1),
    done: done.said.filter((line) => line.startsWith('✓')).length,
    isSecret: text.includes('authorization') || done.said.join().includes('whsec_'),
    before: before === text,
    after: await exported(target),
    again: await apply(text, '--prune'),
  }).toEqual({
    codes: [2, 0],
    hint: 'Nothing was done: --yes does it where nobody can be asked.',
    done: 103,
    isSecret: false,
    before: false,
    after: text,
    again: { code: 0, said: ['Nothing to do.'] },
  })
})

it('takes away what is not in the file when it is told to, and stands in the audit log', async () => {
  const text = await anExample()
  const shown = await apply(text, '--prune', '--dry-run')
  const { code } = await apply(text, '--prune', '--yes')
  const { entries } = await asAdmin<AuditPage>(target.url, '/api/admin/audit?limit=1')
  expect({
    shown: [shown.code, shown.said.at(-1)],
    code,
    entry: entries[0],
    again: await apply(text, '--prune'),
  }).toMatchObject({
    shown: [2, '3 to create, 1 to change, 102 to remove.'],
    code: 0,
    entry: { subject: { type: 'canned_response' }, method: 'DELETE', outcome: 'done' },
    again: { code: 0, said: ['Nothing to do.'] },
  })
})

it.each([
  ['a value that cannot be', 'inboxes: [{ key: new, name: New, allowedOrigins: [] }]', 'inboxes[0].allowedOrigins'],
  ['an inbox that is nowhere', 'cannedResponses: [{ name: New, text: x, inbox: no }]', 'cannedResponses[0].inbox'],
])('changes nothing for a file with %s', async (_, text, path) => {
  const before = await exported(target)
  const applied = apply(`version: 1\n${text}`, '--yes')
  const problem = expect.stringMatching(/\(line 2, column \d+\)$/)
  await expect(applied).rejects.toMatchObject({ code: 'invalid_input', details: [{ path, problem }] })
  expect(await exported(target)).toBe(before)
})

it('leaves alone what somebody changed since it was compared', async () => {
  const api = createAdminApi({ url: target.url, key: adminKey, wait: async () => {} })
  const text = (await exported(target))
    .replaceAll('text: Hello', 'text: Goodbye')
    .replaceAll('name: Support', 'name: Desk')
  const steps = await planConfig(api, sections, parseFile(text, sections), false)
  await api.send('PATCH', '/api/admin/inboxes/default', { greeting: 'Changed meanwhile' })
  const said: string[] = []
  const doing = carryOut(
    steps.filter((step) => step.kind !== 'kept'),
    (line) => void said.push(line),
  )
  await expect(doing).rejects.toMatchObject({
    code: 'version_conflict',
    message: expect.stringMatching(/^inbox 'default': somebody changed it/),
  })
  expect(said).toEqual([expect.stringMatching(/^· not done: canned response 'Greeting'/)])
})

it('ends with a code that says what there is to do', async () => {
  const file = await aFile(`${await exported(target)}  - { name: New, text: New }\n`)
  const at = ['--url', target.url]
  const runs = [
    await deskbridge('export', 'config', ...at),
    await deskbridge('apply', 'config', file, ...at),
    await deskbridge('apply', 'config', file, ...at, '--yes'),
    await deskbridge('apply', 'config', await aFile('version: 2'), ...at),
  ]
  expect(runs.map(({ code, said }) => [code, said.at(-1)])).toEqual([
    [0, '    isActive: true'],
    [2, 'Nothing was done: --yes does it where nobody can be asked.'],
    [0, "✓ created canned response 'New' of all inboxes"],
    [1, '  version: must be 1: this release reads no other (line 1, column 10)'],
  ])
})
