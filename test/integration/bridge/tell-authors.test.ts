import { expect, it } from 'vitest'
import type { Arrival, InboxItem } from '../../../src/bridge/port/arrival.ts'
import type { Connector } from '../../../src/bridge/port/connector.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { EventKey } from '../../../src/contract/ids.ts'
import { aBridgeFor, tooLong } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

/** A chat with a thread; an empty answer is one that the customer does not get. `failing`: so often telling fails; `onTelling`: before it. */
async function arrange(failing: number, onTelling: () => void | Promise<void> = () => {}) {
  const remote = aRemote()
  const told: [raw: unknown, told: string, anew: boolean][] = []
  let left = failing
  const connector: Connector = {
    ...remote.connector,
    async told({ raw }, what, anew) {
      await onTelling()
      if (what !== 'heard' && (left -= 1) >= 0) throw new RemoteFailure({ kind: 'transient' }, 'away')
      told.push([raw, what, anew])
    },
  }
  const chat = await aBridgeFor({ ...remote, connector })
  await chat.say('hello')
  await chat.runRung()
  const thread = remote.posts[0]?.thread ?? ''
  const write = (text: string) => chat.pushed(remote.write(thread, 'bo', text))
  const edit = async ({ id: of, thread }: InboxItem, at: number, text: string) => {
    const id = `${of}:edit:${at}`
    const [ofKey, key] = [EventKey.parse(`slack:${of}`), EventKey.parse(`slack:${id}`)]
    const raw: Arrival = { kind: 'edit', of: ofKey, key, author: { id: 'bo', name: 'bo' }, text }
    await chat.bridge.arrivals.accept('slack', [{ id, of, thread, order: id, raw }])
    await chat.runRung()
    return raw
  }
  const look = async () => {
    await chat.bridge.arrivals.look('slack', thread)
    await chat.runRung()
  }
  return { chat, remote, thread, told, write, edit, look }
}

it('tells whoever writes whether the customer has it', async () => {
  const { told, write } = await arrange(0)
  const [one, two] = [await write('one'), await write(' ')]
  await expect
    .poll(() => told)
    .toEqual([
      [one.raw, 'heard', false],
      [two.raw, 'empty', false],
    ])
})

it('tells later what could not be told, and keeps no answer waiting for it', async () => {
  const { chat, told, write } = await arrange(1)
  const [empty] = [await write(' '), await write('two')]
  await expect.poll(() => told.filter(([, what]) => what !== 'heard')).toEqual([[empty?.raw, 'empty', false]])
  expect(chat.posted).toEqual(['two'])
})

it('takes back what it told once an edit reaches the customer, and tells anew what an edit has come to', async () => {
  const { chat, told, write, edit } = await arrange(0)
  const empty = await write(' ')
  const good = await edit(empty, 1, 'one')
  await edit(empty, 2, 'two')
  const bad = await edit(empty, 3, tooLong)
  const better = await edit(empty, 4, 'four')
  expect({ told, posted: chat.posted }).toEqual({
    told: [
      [empty.raw, 'empty', false],
      [good, 'heard', true],
      [bad, 'refused', true],
      [better, 'heard', true],
    ],
    posted: ['one', 'slack:p000003 says two', 'slack:p000003 says four'],
  })
})

it('tells only the last that there is to tell of a message', async () => {
  const { chat, told, write, edit } = await arrange(1)
  const empty = await write(' ')
  const good = await edit(empty, 1, 'one')
  await chat.pass(60_000)
  expect(told).toEqual([[good, 'heard', true]])
})

it('says of what is too long for the chat that the customer does not have it, and goes on', async () => {
  const { chat, told, write } = await arrange(0)
  const long = await write(tooLong)
  await write('short')
  await expect.poll(() => told.length).toBe(2)
  expect({ told: told[0], posted: chat.posted }).toEqual({ told: [long.raw, 'refused', false], posted: ['short'] })
})

it('says of what waits for a customer who has left that they do not have it, until they are back', async () => {
  const { chat, told, write, edit, look } = await arrange(0)
  chat.reach.now = 'left'
  const waiting = await write('one')
  await edit(waiting, 1, 'two')
  await look()
  chat.reach.now = 'unknown'
  await look()
  const before = [...told]
  chat.reach.now = 'reached'
  await look()
  await look()
  expect({ before, told, posted: chat.posted }).toEqual({
    before: [[waiting.raw, 'left', false]],
    told: [
      [waiting.raw, 'left', false],
      [null, 'heard', true],
    ],
    posted: ['one', `slack:${waiting.id} says two`],
  })
})

it('tells once, after a crash, what was taken in before it and not told', async () => {
  const [died, crash] = [Promise.withResolvers<void>(), new Promise<void>(() => {})]
  let deaths = 0
  const { chat, remote, thread, told } = await arrange(0, () => {
    if ((deaths += 1) > 1) return
    died.resolve()
    return crash
  })
  const empty = remote.write(thread, 'bo', ' ')
  await chat.bridge.arrivals.accept('slack', [empty])
  void chat.runRung()
  await died.promise
  const [stored] = await chat.inbox.find({ id: empty.id }).toArray()
  const link = (await chat.link())?._id ?? ''
  for (const owner of ['successor', 'later']) {
    await chat.pass(31_000)
    chat.rung.push({ kind: 'receive', link })
    await chat.runRung(chat.another(owner))
  }
  expect({ outcome: stored?.outcome, told }).toEqual({
    outcome: 'passed: empty',
    told: [[empty.raw, 'empty', false]],
  })
})
