import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { listen } from './listen.ts'

it('answers what it took, and sends a connection that would go on asking elsewhere', async () => {
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  const app = new Hono().get('/', async (c) => {
    asked.resolve()
    await answer.promise
    return c.text('here you are')
  })
  const server = await listen(app, 0)
  const agent = new Agent({ keepAlive: true })
  const response = new Promise<IncomingMessage>((resolve) => get({ port: server.port, agent }, resolve))
  await asked.promise
  const next = new Promise((resolve) => get({ port: server.port, agent }, resolve).once('error', resolve))
  const closed = server.close()
  answer.resolve()
  const { headers, statusCode } = await response
  expect([statusCode, await text(await response), headers.connection]).toEqual([200, 'here you are', 'close'])
  await Promise.all([closed, next])
  agent.destroy()
})
