import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ShownNode } from '../../../src/contract/node.ts'
import { version } from '../../../src/platform/version.ts'
import { aService, asAdmin, type Service, type ServiceProcess } from '../../support/service.ts'

const heartbeat = 400
let service: Service
let api: ServiceProcess
beforeAll(async () => {
  service = await aService({ times: { heartbeat }, limits: { maxConnections: 50 } })
  api = await service.start('api')
})
afterAll(() => service.close())

const listed = async () => (await asAdmin<{ nodes: ShownNode[] }>(api.url, '/api/admin/nodes')).nodes
const stateOf = async (one: ServiceProcess) => (await listed()).find(({ pid }) => pid === one.child.pid)?.state
const poll = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000, interval: 50 })

it('lists every process with what it is and carries', async () => {
  const [all, worker] = await Promise.all([service.start('all'), service.start('worker')])
  const { sessionId, token } = await asAdmin<{ sessionId: string; token: string }>(api.url, '/api/chat/sessions', {})
  const streaming = new AbortController()
  await fetch(`${all.url}/api/chat/sessions/${sessionId}/stream?token=${token}`, { signal: streaming.signal })
  const seen = async () =>
    (await listed())
      .map(({ role, capacity, connections, pid, host, version: of }) => ({
        role,
        capacity,
        connections,
        pid,
        host,
        of,
      }))
      .sort((one, other) => one.role.localeCompare(other.role))
  const about = (role: string, one: ServiceProcess, capacity: number | null, streams = 0) => ({
    ...{ role, capacity, connections: { sockets: 0, streams }, pid: one.child.pid },
    ...{ host: hostname(), of: version },
  })
  await poll(seen).toEqual([about('all', all, 50, 1), about('api', api, 50), about('worker', worker, null)])
  streaming.abort()
})

it('shows a killed process as gone, and one that was stopped not at all', async () => {
  const [killed, stopped] = await Promise.all([service.start('worker'), service.start('all')])
  const states = async () => [await stateOf(killed), await stateOf(stopped)]
  await poll(states).toEqual(['ready', 'ready'])
  await Promise.all([killed.end('SIGKILL'), stopped.end('SIGTERM')])
  const afterStop = await stateOf(stopped)
  await poll(states).toEqual(['gone', undefined])
  expect(afterStop).toBeUndefined()
})

it('is for administrators alone', async () => {
  const { token } = await asAdmin<{ token: string }>(api.url, '/api/chat/sessions', {})
  const ask = (bearer?: string) =>
    fetch(`${api.url}/api/admin/nodes`, { headers: { ...(bearer && { authorization: `Bearer ${bearer}` }) } })
  const answers = [await ask(), await ask(token)]
  expect(answers.map(({ status }) => status)).toEqual([401, 403])
})
