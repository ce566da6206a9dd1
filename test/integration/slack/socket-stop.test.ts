import { afterEach, expect, it } from 'vitest'
import { startSlack } from '../../../sandbox/slack/start.ts'
import { createConnect, type Take } from '../../../src/connectors/slack/socket/connection.ts'
import { type Listening, listenToSlack } from '../../../src/connectors/slack/socket/listen.ts'
import { createLogger } from '../../../src/platform/log-output.ts'
import { json } from '../../support/world.ts'

const channel = 'C0SUPPORT01'
const appToken = 'xapp-test'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 20 })

/** Slack, in which somebody writes, and processes that listen to it. */
async function aWorkspace() {
  const slack = await startSlack({ port: 0, token: 'xoxb-1', signingSecret: 's', appToken, channel, factor: 0.02 })
  closing.push(slack.stop)
  const sockets = () => json<{ open: number; pushes: { outcome: string | null }[] }>(`${slack.url}/sandbox/sockets`)
  return {
    /** A process that stores what is pushed to it. */
    async listener(store: (text: string) => Promise<void>): Promise<Listening> {
      const before = (await sockets()).open
      const take: Take = async ({ payload }, acknowledge) => {
        const { text } = payload.event as { text: string }
        await store(text)
        await acknowledge()
      }
      const listening = listenToSlack({
        connect: createConnect({ appToken, apiUrl: `${slack.url}/api/`, timeoutMs: 5_000 }),
        retryDelay: () => 20,
        take,
        missed: async () => {},
        now: Date.now,
        logger: createLogger('silent'),
      })
      closing.push(listening.stop)
      await poll(async () => (await sockets()).open).toBe(before + 1)
      return listening
    },
    write: (text: string) =>
      json(`${slack.url}/sandbox/threads/${channel}/1700000000.000100/replies`, { method: 'POST', body: { text } }),
    acknowledged: async () => (await sockets()).pushes.filter(({ outcome }) => outcome === 'acknowledged').length,
  }
}

it('acknowledges what it was storing when it was told to stop; what comes then, another process takes', async () => {
  const workspace = await aWorkspace()
  const storing = Promise.withResolvers<void>()
  const byFirst: string[] = []
  const bySecond: string[] = []
  const first = await workspace.listener((text) => {
    byFirst.push(text)
    return storing.promise
  })
  await workspace.write('One')
  await poll(() => byFirst).toEqual(['One'])
  const stopping = first.stop()
  await workspace.write('Two')
  storing.resolve()
  await stopping
  await workspace.listener(async (text) => void bySecond.push(text))
  await poll(() => bySecond).toEqual(['Two'])
  await poll(workspace.acknowledged).toBe(2)
  expect(byFirst).toEqual(['One'])
})
