import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { askResend, readResend } from '../../../src/bridge/resend/ask-resend.ts'
import { aBridge, anAgent, aSession } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A chat of six messages, brought one by one in the order in which they were said. */
async function aBroughtChat(remote = aRemote({ atMost: 1 })) {
  const chat = await aBridge([remote])
  closing.push(chat.close)
  for (const text of ['one', 'two', 'three', 'four']) await chat.say(text)
  await chat.say('theirs', anAgent, 'slack')
  await chat.say('five')
  await chat.runRung()
  await chat.pass(100_000)
  const ask = (from: number, until?: number) =>
    askResend(chat.links, { session: aSession, destination: 'slack', from, until }, chat.now())
  const read = () => readResend(chat.links, { session: aSession, destination: 'slack' })
  const drain = { kind: 'deliver' as const, link: `${aSession}:slack` }
  return {
    remote,
    chat,
    ask,
    read,
    /** The sweep finds what the mark left behind. */
    async runFor(ms: number, bridge = chat.bridge) {
      chat.rung.push(drain)
      await chat.pass(ms, bridge)
    },
    drain,
    deleteByHand: (...texts: string[]) =>
      remote.removed.push(...remote.posts.filter(({ lines }) => texts.includes(lines.join())).map(({ id }) => id)),
    state: async () => {
      const link = await chat.link()
      return { shown: remote.shown(), cursor: link?.outbound.cursor, behind: link?.outbound.behind }
    },
  }
}

const all = ['opened', 'one', 'two', 'three', 'four', 'five']

it('posts nothing while all is there, however often it is asked to', async () => {
  const { remote, ask, read, runFor, state } = await aBroughtChat()
  const calls = remote.calls.length
  const done: unknown[] = []
  for (let round = 0; round < 2; round += 1) {
    await ask(1)
    await runFor(100_000)
    done.push(await read())
  }
  expect([await state(), remote.calls.length - calls, done]).toEqual([
    { shown: all, cursor: 6, behind: false },
    0,
    [expect.objectContaining({ done: true, brought: 0 }), expect.objectContaining({ done: true, brought: 0 })],
  ])
})

it('brings exactly what is gone again, once, behind what came after it', async () => {
  const { ask, read, runFor, deleteByHand, state } = await aBroughtChat()
  deleteByHand('two', 'five')
  await ask(1, 4)
  await runFor(100_000)
  const first = [await state(), await read()]
  await ask(1)
  await runFor(100_000)
  await ask(1)
  await runFor(100_000)
  expect([first, await state(), await read()]).toEqual([
    [
      { shown: ['opened', 'one', 'three', 'four', 'two'], cursor: 6, behind: false },
      expect.objectContaining({ done: true, brought: 1 }),
    ],
    { shown: ['opened', 'one', 'three', 'four', 'two', 'five'], cursor: 6, behind: false },
    expect.objectContaining({ done: true, brought: 0 }),
  ])
})

it.each(['before', 'after'] as const)(
  'brings it once when the worker dies %s its effect, and a range that is under way is not begun again',
  async (moment) => {
    const { remote, chat, ask, read, runFor, drain, deleteByHand, state } = await aBroughtChat()
    deleteByHand('two', 'four')
    await ask(1)
    remote.goWrong((when) => (when === moment ? new Promise<void>(() => {}) : undefined))
    const calls = remote.calls.length
    chat.rung.push(drain)
    void chat.runRung()
    await expect.poll(() => remote.calls.length, { timeout: 10_000 }).toBe(calls + 1)
    remote.behave()
    const again = await ask(1)
    const successor = chat.another('successor')
    await chat.say('six')
    await runFor(200_000, successor)
    await runFor(200_000, successor)
    expect([again, await state(), await read()]).toEqual([
      expect.objectContaining({ from: 1, done: false }),
      { shown: ['opened', 'one', 'three', 'five', 'two', 'six', 'four'], cursor: 7, behind: false },
      expect.objectContaining({ done: true, brought: 2 }),
    ])
  },
)

it('leaves each message there once and what was there in its place, whatever was deleted and wherever a worker died', async () => {
  const deleted: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('one', 'two', 'three', 'four', 'five'))
  const range = fc.record({ from: fc.integer({ min: 1, max: 6 }), width: fc.nat(6) })
  const death = fc.option(
    fc.record({ moment: fc.constantFrom('before', 'after'), call: fc.integer({ min: 1, max: 3 }) }),
  )
  await fc.assert(
    fc.asyncProperty(deleted, range, death, async (texts, { from, width }, dies) => {
      const { remote, chat, ask, runFor, drain, deleteByHand } = await aBroughtChat()
      deleteByHand(...texts)
      const left = remote.shown()
      await ask(from, from + width)
      let calls = 0
      const died = Promise.withResolvers<void>()
      remote.goWrong((when) => {
        if (when === 'before') calls += 1
        if (!dies || when !== dies.moment || calls !== dies.call) return
        died.resolve()
        return new Promise<void>(() => {})
      })
      chat.rung.push(drain)
      await Promise.race([chat.pass(60_000), died.promise])
      remote.behave()
      const successor = chat.another('successor')
      for (let round = 0; round < 3; round += 1) await runFor(100_000, successor)
      await ask(from, from + width)
      await runFor(100_000, successor)
      const seqs: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 6 }
      const again = Object.keys(seqs).filter((text) => {
        const seq = seqs[text] ?? 0
        return texts.includes(text) && from <= seq && seq <= from + width
      })
      expect(remote.shown()).toEqual([...left, ...again])
    }),
    { numRuns: 12 },
  )
})

it('brings what is new before what is to be looked at once more', async () => {
  const { chat, ask, runFor, deleteByHand, state } = await aBroughtChat()
  deleteByHand('one')
  await ask(1)
  await chat.say('new')
  await runFor(100_000)
  expect(await state()).toEqual({
    shown: ['opened', 'two', 'three', 'four', 'five', 'new', 'one'],
    cursor: 7,
    behind: false,
  })
})

it('does not take what was brought a moment ago for missing', async () => {
  const { remote, chat, ask, read, runFor } = await aBroughtChat()
  await chat.say('just now')
  await chat.runRung()
  const calls = remote.calls.length
  const shown = remote.connector.standing
  let seen = false
  // The remote shows it only after a while.
  Object.assign(remote.connector, {
    standing: async (...args: Parameters<typeof shown>) => (seen ? shown(...args) : new Set()),
  })
  await ask(7)
  await runFor(59_000)
  const early = await read()
  seen = true
  await runFor(10_000)
  expect([early, remote.calls.length - calls, await read()]).toEqual([
    expect.objectContaining({ done: false }),
    0,
    expect.objectContaining({ done: true, brought: 0 }),
  ])
})

it('brings nothing again that was erased', async () => {
  const { chat, ask, runFor, deleteByHand, remote } = await aBroughtChat()
  await chat.erase()
  await chat.pass(100_000)
  deleteByHand('(erased)')
  const calls = remote.calls.length
  await ask(1)
  await runFor(100_000)
  expect(remote.calls.length - calls).toBe(0)
})

it('opens another thread when the old one is gone, and brings what was in it', async () => {
  const { remote, ask, runFor } = await aBroughtChat(aRemote({ atMost: 50 }))
  remote.removed.push(...remote.posts.map(({ id }) => id))
  let refused = 0
  remote.goWrong((when) => {
    if (when === 'before' && (refused += 1) === 1) throw new RemoteFailure({ kind: 'repair', remote: {} }, 'gone')
  })
  await ask(1)
  await runFor(100_000)
  expect(remote.shown()).toEqual(all)
})
