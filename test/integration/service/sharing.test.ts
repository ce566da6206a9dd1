import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, channel, json, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

const share = (shared: readonly string[]) =>
  json(`${world.slack.url}/sandbox/state`, { method: 'PUT', body: { shared } })

it('posts nothing while the channel is shared with another organisation, says so once, and goes on by itself', async () => {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  const texts = async () => (await world.thread(visitor.sessionId))?.replies.map(({ text }) => text)
  await poll(texts).toEqual(['Where is my order?'])
  await share([channel])
  await visitor.send('It is number 4711')
  const tries = () => world.lines.filter((line) => line.includes('"call failed"') && line.includes('channel_shared'))
  await poll(() => tries().length).toBeGreaterThan(1)
  const told = world.lines.filter((line) => line.includes('destination halted'))
  expect({ told: told.length, texts: await texts() }).toEqual({ told: 1, texts: ['Where is my order?'] })
  await share([])
  await poll(texts).toEqual(['Where is my order?', 'It is number 4711'])
})
