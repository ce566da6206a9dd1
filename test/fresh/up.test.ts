import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { isAlive, until } from '../../stores/process.ts'
import { anInstallation, root } from './installation.ts'

const removing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const remove of removing.splice(0)) await remove()
})

const arrange = async () => {
  const installation = await anInstallation()
  removing.push(installation.remove)
  return installation
}

const allGone = (pids: readonly number[]) => until(() => pids.every((pid) => !isAlive(pid)), 20_000)

it('starts everything, keeps the data over Ctrl-C, leaves no process behind, and starts again', async () => {
  const { up, isUp, interrupt, pids, port, sandboxPort } = await arrange()
  const first = up()
  await isUp(first)
  expect(first.output()).toContain('Deskbridge is up.')
  const tour = await fetch(`http://127.0.0.1:${sandboxPort}/`).then((answer) => answer.text())
  const started: { sessionId: string; token: string } = await fetch(`http://127.0.0.1:${port}/api/chat/sessions`, {
    method: 'POST',
  }).then((answer) => answer.json())
  const running = pids()
  interrupt(first)
  const code = await first.ended
  const gone = await allGone(running)
  const second = up()
  await isUp(second)
  const kept = await fetch(`http://127.0.0.1:${port}/api/chat/sessions/${started.sessionId}`, {
    headers: { authorization: `Bearer ${started.token}` },
  })
  expect({
    tour: tour.includes('Deskbridge: the tour'),
    processes: running.length,
    code,
    gone,
    again: second.output().includes('Deskbridge is up.'),
    kept: kept.status,
  }).toEqual({
    tour: true,
    processes: 7,
    code: 0,
    gone: true,
    again: true,
    kept: 200,
  })
})

it('names the console, and lets the command that the console names make the first administrator', async () => {
  const { up, isUp, port, deskbridge } = await arrange()
  const one = up()
  await isUp(one)
  const made = await deskbridge(
    'user',
    'add',
    '--name',
    'Ada Lovelace',
    '--email',
    'ada@example.com',
    '--role',
    'admin',
  )
  const ways = await fetch(`http://localhost:${port}/api/auth/ways`).then((answer) => answer.json())
  expect([one.output(), made, ways]).toEqual([
    expect.stringContaining(`http://localhost:${port}/console`),
    expect.stringContaining('ada@example.com'),
    expect.objectContaining({ isFirstStart: false }),
  ])
})

it('says what to do when it runs already, and leaves the first one alone', async () => {
  const { up, isUp, port } = await arrange()
  await isUp(up())
  const second = up()
  const code = await second.ended
  const health = await fetch(`http://127.0.0.1:${port}/healthz`)
  expect([code, second.output(), health.status]).toEqual([
    1,
    expect.stringMatching(/running already.*\n.*Ctrl-C.*PORT and SANDBOX_PORT/),
    200,
  ])
})

it.each([
  ['PORT', 0],
  ['SANDBOX_PORT', 1],
])('names the taken port and %s', async (variable, offset) => {
  const { up, port, sandboxPort, pids } = await arrange()
  const taken = variable === 'PORT' ? port : sandboxPort + offset
  const server = createServer().listen(taken)
  await once(server, 'listening')
  const one = up()
  const code = await one.ended
  server.close()
  expect([code, one.output(), pids()]).toEqual([1, expect.stringContaining(`Port ${taken}`), []])
  expect(one.output()).toContain(`set ${variable} to another`)
})

it('starts clean after a kill of the launcher', async () => {
  const { up, isUp, pids } = await arrange()
  const first = up()
  await isUp(first)
  const orphans = pids().filter((pid) => pid !== first.child.pid)
  first.child.kill('SIGKILL')
  await first.ended
  const second = up()
  await isUp(second)
  expect([second.output().includes('Deskbridge is up.'), orphans.filter(isAlive)]).toEqual([true, []])
})

it('stops the rest and says why when a part dies', async () => {
  const { up, isUp, pids, data } = await arrange()
  const one = up()
  await isUp(one)
  const running = pids()
  const { pid } = JSON.parse(readFileSync(join(data, 'run', 'service.pid'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  const code = await one.ended
  expect([code, one.output(), await allGone(running)]).toEqual([
    1,
    expect.stringContaining('The service has ended.'),
    true,
  ])
})

it('names the alternatives when there is no Python and no store', async () => {
  const { up, data } = await arrange()
  const bin = join(data, 'bin')
  mkdirSync(bin, { recursive: true })
  // A PATH with what the launcher needs and without Python, mongod or redis.
  for (const tool of ['sh', 'dirname', 'mkdir', 'cat', 'cksum', 'rm', 'ps', 'uname', 'sleep', 'grep']) {
    const found = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find((file) => existsSync(file))
    if (found) symlinkSync(found, join(bin, tool))
  }
  writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
  chmodSync(join(bin, 'node'), 0o755)
  const one = up({ PATH: bin, DESKBRIDGE_STORES: 'auto' })
  const code = await one.ended
  expect([code, one.output()]).toEqual([
    1,
    expect.stringMatching(/Python 3\.10 to 3\.13 is needed.*No Python was found.*MONGODB_URL.*mongod/s),
  ])
  expect(one.output()).not.toContain('    at ')
})

it('lets the tests run beside it', async () => {
  const { up, isUp, port } = await arrange()
  await isUp(up())
  const { MONGODB_URL: _mongo, REDIS_URL: _redis, ...env } = process.env
  const { stdout } = await promisify(execFile)(join(root, 'bin', 'test'), ['conformance'], { env })
  const health = await fetch(`http://127.0.0.1:${port}/healthz`)
  expect([stdout.trimEnd().split('\n').at(-1), health.status]).toEqual([
    expect.stringMatching(/^\d+ passed, 0 failed$/),
    200,
  ])
})

it('is up from nothing but the sources', async () => {
  const { up, isUp, data } = await arrange()
  const sources = join(data, 'sources')
  const { stdout } = await promisify(execFile)('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  for (const file of stdout.trim().split('\n')) cpSync(join(root, file), join(sources, file))
  const first = up({ PATH: process.env.DESKBRIDGE_OUTER_PATH ?? process.env.PATH }, join(sources, 'bin', 'up'))
  await isUp(first)
  expect(first.output()).toContain('Deskbridge is up.')
})
