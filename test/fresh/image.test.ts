import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { freePort, until } from '../../stores/process.ts'
import { freshStores } from '../support/stores.ts'
import { root } from './installation.ts'

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')

/** A build stage's instructions, lines that go on joined. */
function stagesOf(text: string): { name: string; steps: [string, string][] }[] {
  const lines = text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
  const stages: { name: string; steps: [string, string][] }[] = []
  for (const line of lines) {
    const [instruction = '', ...rest] = line.split(' ')
    if (instruction === 'FROM') stages.push({ name: rest.at(-1) ?? '', steps: [] })
    else stages.at(-1)?.steps.push([instruction, rest.join(' ')])
  }
  return stages
}

/** Does what the instructions say, in a folder in place of the image's file system. */
function build(stage: ReturnType<typeof stagesOf>[number], folder: string, others: ReadonlyMap<string, string>): void {
  for (const [instruction, text] of stage.steps) {
    if (instruction === 'RUN') execFileSync('sh', ['-c', text], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    if (instruction !== 'COPY') continue
    const words = text.split(' ')
    const from = words[0]?.startsWith('--from=') ? others.get(words.shift()?.slice('--from='.length) ?? '') : root
    const target = words.pop() ?? ''
    for (const source of words) {
      const place = join(folder, target, words.length > 1 || target.endsWith('/') ? source : '')
      mkdirSync(dirname(place), { recursive: true })
      cpSync(join(from ?? '', source.replace(/^\/app\//, '')), place, { recursive: true })
    }
  }
}

it('is a Dockerfile without findings, for another user than root, with a health check', () => {
  const last = stagesOf(dockerfile).at(-1)?.steps ?? []
  expect([
    validate(dockerfile),
    last.filter(([name]) => name === 'USER'),
    last.some(([name]) => name === 'HEALTHCHECK'),
  ]).toEqual([[], [['USER', 'node']], true])
})

it('builds by its own steps and serves as another user', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskbridge-image-'))
  const stores = await freshStores()
  const folders = new Map<string, string>()
  const stages = stagesOf(dockerfile)
  for (const stage of stages) {
    const place = join(folder, stage.name.replaceAll(/\W/g, '-'))
    mkdirSync(place)
    folders.set(stage.name, place)
    build(stage, place, folders)
  }
  const image = folders.get(stages.at(-1)?.name ?? '') ?? ''
  const health: string[] = JSON.parse(
    /^HEALTHCHECK [^\n]*CMD (\[[^\n]*\])$/m.exec(dockerfile.replaceAll(/\\\n\s*/g, ' '))?.[1] ?? '[]',
  )
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    // Its own node, because the one that runs this may lie where only root may look.
    cpSync(process.execPath, join(image, 'node'))
    for (const place of [folder, image]) chownSync(place, 65_534, 65_534)
  }
  const node = isRoot ? join(image, 'node') : process.execPath
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(port),
    MONGODB_URL: stores.mongodbUrl,
    REDIS_URL: stores.redisUrl,
    DESKBRIDGE_REDIS_PREFIX: stores.redisPrefix,
    DESKBRIDGE_SECRET: 'x'.repeat(32),
  }
  const child = spawn(node, ['src/main.ts'], {
    cwd: image,
    env,
    stdio: 'ignore',
    ...(isRoot && { uid: 65_534, gid: 65_534 }),
  })
  const exited = once(child, 'exit')
  const healthy = await until(() => {
    try {
      execFileSync(node, health.slice(1), { cwd: image, env, stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }, 60_000)
  const frame = await fetch(`http://127.0.0.1:${port}/widget/frame`).then(
    (answer) => answer.status,
    () => 0,
  )
  child.kill('SIGTERM')
  const [code] = await exited
  const packages = readdirSync(join(image, 'node_modules'))
  await stores.drop()
  rmSync(folder, { recursive: true, force: true })
  expect({
    healthy,
    frame,
    code,
    development: packages.filter((name) => ['vitest', 'typescript', 'esbuild', 'knip'].includes(name)),
  }).toEqual({
    healthy: true,
    frame: 200,
    code: 0,
    development: [],
  })
})

it('composes api, worker, which see the same files, a replica set and a Valkey that keeps and evicts nothing', () => {
  const compose = parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), { merge: true })
  const { api, worker, mongodb, valkey } = compose.services
  expect({
    roles: [api.environment.DESKBRIDGE_ROLE, worker.environment.DESKBRIDGE_ROLE],
    files: [api.volumes, worker.volumes],
    mongodb: mongodb.command.includes('--replSet'),
    valkey: valkey.command.join(' '),
    volumes: Object.keys(compose.volumes),
    images: [mongodb.image, valkey.image].every((image: string) => !image.endsWith(':latest') && image.includes(':')),
  }).toEqual({
    roles: ['api', 'worker'],
    files: Array(2).fill(['files:/app/.deskbridge/data/files']),
    mongodb: true,
    valkey: 'valkey-server --appendonly yes --maxmemory-policy noeviction',
    volumes: ['files', 'mongodb', 'valkey'],
    images: true,
  })
})
