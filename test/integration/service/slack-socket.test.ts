import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { aWidget } from '../../support/widget.ts'
import { aWorld, json, socketMode, type World } from '../../support/world.ts'

let world: World
const closers: (() => void)[] = []
beforeAll(async () => {
  world = await aWorld({ env: socketMode, factor: 0.2 })
})
afterAll(() => world.close())
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })
const connections = async () => (await json<{ open: number }>(`${world.slack.url}/sandbox/sockets`)).open
const disconnect = (reason: string) =>
  json(`${world.slack.url}/sandbox/sockets/disconnect`, { method: 'POST', body: { reason } })

const question = 'Where is my order?'

/** A visitor whose thread is there. */
async function aThread() {
  await poll(connections).toBe(1)
  const widget = aWidget(world.url)
  closers.push(widget.stop)
  widget.send(question)
  const root = async () => (await world.thread(widget.state().sessionId ?? ''))?.root.ts
  await poll(root).toEqual(expect.any(String))
  const ts = (await root()) ?? ''
  return {
    reply: (text: string) => world.replyInSlack(ts, text),
    /** The answers that the visitor sees. */
    shown: () => widget.state().conversation.messages.flatMap(({ content }) => (content === question ? [] : [content])),
  }
}

const several = Array.from({ length: 6 }, (_, index) => `Answer ${index + 1}`)

it('brings a reply to the visitor, without an address that Slack could call', async () => {
  const thread = await aThread()
  await thread.reply('It is on its way')
  await poll(thread.shown).toEqual(['It is on its way'])
})

it('loses nothing and shows nothing twice when Slack refreshes the connection amid answers', async () => {
  const thread = await aThread()
  for (const [index, text] of several.entries()) {
    if (index === 2) await disconnect('refresh_requested')
    if (index === 4) await disconnect('warning')
    await thread.reply(text)
  }
  await poll(thread.shown).toEqual(several)
})

it('loses nothing and shows nothing twice when the process stops amid answers, and starts again', async () => {
  const thread = await aThread()
  const stopping: Promise<void>[] = []
  for (const [index, text] of several.entries()) {
    if (index === 2) stopping.push(world.stop())
    await thread.reply(text)
  }
  await Promise.all(stopping)
  await world.start()
  await poll(thread.shown).toEqual(several)
})

it('says once that the token is refused, and goes on by itself once it is taken', async () => {
  const thread = await aThread()
  const told = () => world.lines.filter((line) => line.includes('invalid_auth') && line.includes('Socket Mode'))
  const refused = { ok: false, error: 'invalid_auth' }
  const rule = { kind: 'status', match: { method: 'apps.connections.open' }, status: 200, times: 1_000, body: refused }
  await world.faults('slack', [rule])
  await disconnect('refresh_requested')
  const tries = async () => (await json<{ hit: number }[]>(`${world.slack.url}/sandbox/faults`))[0]?.hit
  await poll(tries).toBeGreaterThan(2)
  await thread.reply('It is on its way')
  expect(told()).toEqual([expect.stringContaining('App-Level Tokens')])
  await world.faults('slack', [])
  await poll(thread.shown).toEqual(['It is on its way'])
  expect(await connections()).toBe(1)
})
