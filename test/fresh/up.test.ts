import { once } from 'node:events'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { isAlive, until } from '../../stores/process.ts'
import { anInstallation } from './installation.ts'

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

it('starts everything, keeps the data over Ctrl-C, leaves no process behind, and starts again in under 6 seconds', async () => {
  const { up, isUp, interrupt, pids, port, sandboxPort } = await arrange()
  const first = up()
  await isUp(first)
  const tour = await fetch(`http://127.0.0.1:${sandboxPort}/`).then((answer) => answer.text())
  const started: { sessionId: string; token: string } = await fetch(`http://127.0.0.1:${port}/api/chat/sessions`, {
    method: 'POST',
  }).then((answer) => answer.json())
  const running = pids()
  interrupt(first)
  const code = await first.ended
  const gone = await allGone(running)
  const start = performance.now()
  const second = up()
  await isUp(second)
  const seconds = (performance.now() - start) / 1_000
  const kept = await fetch(`http://127.0.0.1:${port}/api/chat/sessions/${started.sessionId}`, {
    headers: { authorization: `Bearer ${started.token}` },
  })
  expect({
    tour: tour.includes('Deskbridge: the tour'),
    processes: running.length,
    code,
    gone,
    quick: seconds < 6,
    kept: kept.status,
  }).toEqual({
    tour: true,
    processes: 7,
    code: 0,
    gone: true,
    quick: true,
    kept: 200,
  })
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
  const { pid } = JSON.parse(
    await import('node:fs').then((fs) => fs.readFileSync(join(data, 'run', 'service.pid'), 'utf8')),
  )
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
    const found = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find((file) => existsSyncQuiet(file))
    if (found) symlinkSync(found, join(bin, tool))
  }
  writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
  chmodSync(join(bin, 'node'), 0o755)
  const one = up({ PATH: bin, DESKBRIDGE_STORES: 'auto' })
  const code = await one.ended
  expect([code, one.output()]).toEqual([
    1,
    expect.stringMatching(/need Python 3\.10 to 3\.13.*No Python was found.*MONGODB_URL.*mongod/s),
  ])
  expect(one.output()).not.toContain('    at ')
})

function existsSyncQuiet(file: string): boolean {
  try {
    return Boolean(process.getBuiltinModule('node:fs').statSync(file))
  } catch {
    return false
  }
}
