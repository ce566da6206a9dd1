import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildClients } from '../../clients/build.ts'
import { startStores } from '../../stores/start.ts'
import { runCommand } from './command.ts'
import { type Result, readVitest, sum } from './results.ts'

const root = resolve(import.meta.dirname, '..', '..')

interface Step {
  name: string
  /** A vitest project, or a command that counts as one test. */
  run: { project: string; files?: readonly string[] } | { command: readonly string[] }
  /** Only when it is asked for by name. */
  long?: true
}

const bin = (name: string, ...args: string[]) => [process.execPath, join('node_modules', name), ...args]

const ofPackages = (name: string) => `test/packages/${name}.test.ts`

const steps: readonly Step[] = [
  { name: 'types', run: { command: bin('@typescript/native/bin/tsc', '-p', 'tsconfig.json', '--noEmit') } },
  { name: 'lint', run: { command: bin('@biomejs/biome/bin/biome', 'check', '.') } },
  {
    name: 'directions',
    run: {
      command: bin(
        'dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'clients',
        'apps',
        'sandbox',
        'stores',
        'launch',
      ),
    },
  },
  { name: 'unused', run: { command: bin('knip/bin/knip.js') } },
  { name: 'conformance', run: { project: 'conformance' } },
  { name: 'unit', run: { project: 'unit' } },
  { name: 'model', run: { project: 'model' } },
  { name: 'integration', run: { project: 'integration' } },
  { name: 'connectors', run: { project: 'connectors' } },
  { name: 'browser', run: { project: 'browser' } },
  { name: 'packages', run: { project: 'packages', files: ['client', 'react'].map(ofPackages) } },
  { name: 'phone', run: { project: 'packages', files: [ofPackages('react-native')] }, long: true },
  { name: 'tour', run: { project: 'browser', files: ['test/browser/tour.test.ts'] }, long: true },
  { name: 'fresh', run: { project: 'fresh' }, long: true },
  { name: 'faults', run: { project: 'faults' }, long: true },
  { name: 'chaos', run: { project: 'chaos' }, long: true },
  { name: 'mutants', run: { project: 'mutants' }, long: true },
]

/** On a store that writes a tenth as fast: arrivals of the assignment race and chats under faults; elsewhere the tests' own numbers. */
const onSlowStore = { DESKBRIDGE_RACE_ARRIVALS: '100', DESKBRIDGE_CHAOS_CHATS: '12' }

const namesOf = (some: readonly Step[]) => some.map(({ name }) => name).join(', ')
const usage = `usage: bin/test [--real] [--publish] [step ...]
steps: ${namesOf(steps.filter(({ long }) => !long))} (all of these by default); ${namesOf(steps.filter(({ long }) => long))}
--real: the fault suites with the real times instead of shortened ones
--publish: the figures of the step chaos go into docs/guarantees.md`

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => arg !== '--real' && arg !== '--publish')
  if (names.some((name) => !steps.some((step) => step.name === name))) {
    console.error(usage)
    return 2
  }
  const chosen = steps.filter(({ name, long }) => (names.length === 0 ? !long : names.includes(name)))
  const folder = mkdtempSync(join(tmpdir(), 'deskbridge-test-'))
  // The image's steps run as another user, who has to get to them.
  chmodSync(folder, 0o711)
  const stores = await startStores({
    env: { ...process.env, DESKBRIDGE_STORES: process.env.DESKBRIDGE_STORES ?? 'pypi' },
    data: join(folder, 'stores'),
    packages: join(root, '.deskbridge', 'python'),
    say: console.log,
  })
  const stop = async () => {
    await stores.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('SIGINT', () => void stop().then(() => process.exit(130)))
  process.once('SIGTERM', () => void stop().then(() => process.exit(143)))
  try {
    await buildClients(join(root, 'dist'))
    const env = {
      ...process.env,
      TMPDIR: folder,
      MONGODB_URL: stores.mongo.url,
      REDIS_URL: stores.redis.url,
      ...(stores.mongo.name === 'secantusd-py' && onSlowStore),
      ...(args.includes('--publish') && { DESKBRIDGE_PUBLISH: 'on' }),
      DESKBRIDGE_TEST_FACTOR: args.includes('--real') ? '1' : (process.env.DESKBRIDGE_TEST_FACTOR ?? '0.1'),
    }
    console.log(`stores: ${stores.mongo.name}, ${stores.redis.name}`)
    const results: Result[] = []
    for (const step of chosen) results.push(await runStep(step, env, folder))
    return report(results)
  } finally {
    await stop()
  }
}

async function runStep(step: Step, env: NodeJS.ProcessEnv, folder: string): Promise<Result> {
  console.log(`\n— ${step.name}`)
  const start = performance.now()
  const result = await ('command' in step.run
    ? runPlain(step.name, step.run.command, env)
    : runVitest(step.name, step.run, env, folder))
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  console.log(`  ${result.passed} of ${result.passed + result.failed} in ${seconds} s`)
  return result
}

async function runPlain(name: string, command: readonly string[], env: NodeJS.ProcessEnv): Promise<Result> {
  const code = await runCommand(command, { cwd: root, env })
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [] }
}

async function runVitest(
  name: string,
  { project, files = [] }: Extract<Step['run'], { project: string }>,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<Result> {
  const output = join(folder, `${project}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`]
  const code = await runCommand(bin('vitest/vitest.mjs', 'run', ...files, '--project', project, ...reporters), {
    cwd: root,
    env,
  })
  return readVitest(name, code, () => readFileSync(output, 'utf8'))
}

function report(results: readonly Result[]): number {
  const total = sum(results)
  for (const { name, failed, failures } of results.filter((result) => result.failed > 0))
    console.log([`failed: ${name} (${failed})`, ...failures.map((failure) => `  ${failure}`)].join('\n'))
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
