import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aBrowser } from '../../test/support/client/browser.ts'
import { aMemoryServer, type End, type FrameWeather, type Weather } from '../../test/support/client/memory-server.ts'
import { aVirtualTime } from '../../test/support/client/virtual-time.ts'
import type { ChatClient } from './client.ts'

type Step =
  | { do: 'write' | 'attach' | 'edit' | 'delete' | 'older' | 'reload'; tab: number; which: number }
  | { do: 'agent writes' | 'agent edits' | 'agent deletes'; which: number }
  | { do: 'cut' }
  | { do: 'end'; how: End }
  | { do: 'wait'; ms: number }

const tab = fc.nat(1)
const which = fc.nat(9)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), tab, which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('attach' as const, 'edit' as const, 'delete' as const, 'older' as const, 'reload' as const),
      ...{ tab, which },
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('agent writes' as const, 'agent edits' as const, 'agent deletes' as const),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('end' as const), how: fc.constantFrom<End>('over', 'gone', 'refused') }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8_000 }) }) },
)
const network = fc.record({
  weather: fc.array(fc.constantFrom<Weather>('fine', 'fine', 'request lost', 'answer lost', 'cut'), { maxLength: 60 }),
  frames: fc.array(fc.constantFrom<FrameWeather>('fine', 'fine', 'lost', 'twice', 'late'), { maxLength: 60 }),
  latencies: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 120 }),
  /** Of what one tab hears of the other. */
  late: fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60 }),
})
type Network = (typeof network extends fc.Arbitrary<infer N> ? N : never) & object

/** Two tabs of one browser, and what was written in each. */
function aWorld({ late, ...coming }: Network) {
  const time = aVirtualTime()
  const server = aMemoryServer(time)
  server.become(coming)
  const lateness = [...late]
  const browser = aBrowser(time, server.transport, () => lateness.shift() ?? 5)
  const tabs = [browser.openTab(), browser.openTab()] as [ChatClient, ChatClient]
  for (const tab of tabs) tab.resume()
  const written: { tab: number; text: string; isFile: boolean }[] = []
  const reloaded = new Set<number>()
  let count = 0

  const own = (client: ChatClient, which: number) => {
    const messages = client.state().conversation.messages.filter(({ senderType }) => senderType === 'visitor')
    return messages[which % Math.max(1, messages.length)]?.id
  }
  const write = (tab: number, isFile: boolean) => {
    const text = `${isFile ? 'file' : 'text'} ${(count += 1)} of ${tab}`
    written.push({ tab, text, isFile })
    if (isFile) tabs[tab]?.sendFile(new Blob(['x']), 'x.pdf', text)
    else tabs[tab]?.send(text)
  }
  const byTab = (client: ChatClient, { do: what, tab, which }: Extract<Step, { tab: number }>) => {
    const id = own(client, which)
    if (what === 'write' || what === 'attach') return write(tab, what === 'attach')
    if (what === 'edit') return id && void client.edit(id, `edited ${(count += 1)}`)
    if (what === 'delete') return id && void client.delete(id)
    if (what === 'older') return void client.older()
    client.stop()
    reloaded.add(tab)
    tabs[tab] = browser.openTab()
    tabs[tab]?.resume()
  }

  return {
    tabs,
    written,
    reloaded,
    sessions: server.sessions,
    async take(step: Step) {
      if ('tab' in step) byTab(tabs[step.tab as 0 | 1], step)
      else if (step.do === 'agent writes') server.agentSays(`agent ${(count += 1)}`)
      else if (step.do === 'agent edits') server.agentRevises(step.which, `agent edited ${(count += 1)}`)
      else if (step.do === 'agent deletes') server.agentRevises(step.which, null)
      else if (step.do === 'cut') server.cut()
      else if (step.do === 'end') server.end(step.how)
      await time.pass(step.do === 'wait' ? step.ms : 1)
    },
    async calm() {
      server.become({ weather: [], frames: [], latencies: [] })
      await time.pass(120_000)
      // A lost frame is noticed by the next, and where there is none by whoever comes back.
      if (!server.agentSays('the end')) server.cut()
      await time.pass(60_000)
      for (const client of tabs) while (client.state().conversation.hasOlder) await readBack(client)
    },
    stop() {
      for (const client of tabs) client.stop()
    },
  }

  async function readBack(client: ChatClient) {
    void client.older()
    await time.pass(1_000)
  }
}

type World = ReturnType<typeof aWorld>

const textsIn = (session: World['sessions'][number] | undefined) =>
  (session?.log ?? []).flatMap(({ event, data }) =>
    event === 'new_message' && data.senderType === 'visitor' ? [String(data.content)] : [],
  )

/** Of each tab, what it wrote, in the order of a chat's log. */
const inOrder = ({ written }: World, texts: readonly string[], isFile: boolean) =>
  [0, 1].map((tab) =>
    texts.filter((text) => written.some((one) => one.tab === tab && one.isFile === isFile && one.text === text)),
  )

function expectExactlyOnce(world: World) {
  const logs = world.sessions.map(textsIn)
  const sorted = (texts: readonly string[]) =>
    world.written.map(({ text }) => text).filter((text) => texts.includes(text))
  const failed = world.tabs.flatMap((client) => client.state().pending).map(({ content }) => content)
  const isGone = ({ tab, text, isFile }: World['written'][number]) =>
    isFile && (world.reloaded.has(tab) || failed.includes(text))
  const missing = world.written.filter((one) => !isGone(one) && !logs.some((texts) => texts.includes(one.text)))
  // What was stored in a chat that then went cannot be known to be in it: it may be in the next as well.
  const twice = logs.flatMap((texts) => texts.filter((text, index) => texts.indexOf(text) !== index))
  const order = logs.flatMap((texts) => [inOrder(world, texts, false), inOrder(world, texts, true)])
  expect({ missing, twice, order }).toEqual({
    missing: [],
    twice: [],
    order: logs.flatMap((texts) => [inOrder(world, sorted(texts), false), inOrder(world, sorted(texts), true)]),
  })
}

function expectShown(world: World) {
  const session = world.sessions.find(({ id }) => id === world.tabs[0].state().sessionId)
  const log = [...(session?.messages.values() ?? [])].map(({ id, content, deleted }) => ({ id, content, deleted }))
  const shown = world.tabs.map((client) => {
    const { sessionId, conversation, pending, uploads, connection } = client.state()
    const messages = conversation.messages.map(({ id, content, deleted }) => ({ id, content, deleted }))
    const waiting = [...pending, ...uploads].filter(({ failed }) => failed === null)
    return { sessionId, messages, waiting, isOnline: connection === 'online' }
  })
  const whole = { sessionId: session?.id ?? null, messages: log, waiting: [], isOnline: session !== undefined }
  expect(shown).toEqual([whole, whole])
}

it('keeps each message once, in the order of its tab, and shows the log, whatever happens on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), network, async (steps, coming) => {
      const world = aWorld(coming)
      for (const one of steps) await world.take(one)
      await world.calm()
      expectExactlyOnce(world)
      expectShown(world)
      world.stop()
    }),
    { numRuns: 300 },
  )
})
