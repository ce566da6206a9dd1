import { afterEach, expect, it } from 'vitest'
import type { Connector } from '../../../src/bridge/port.ts'
import { RemoteFailure } from '../../../src/bridge/port.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A chat with a thread; an empty answer is one that the customer does not get. `failing`: so often telling fails. */
async function arrange(failing: number) {
  const remote = aRemote()
  const told: [raw: unknown, told: string][] = []
  let left = failing
  const connector: Connector = {
    ...remote.connector,
    async told({ raw }, what) {
      if (what !== 'heard' && (left -= 1) >= 0) throw new RemoteFailure({ kind: 'transient' }, 'away')
      told.push([raw, what])
    },
  }
  const chat = await aBridge([{ ...remote, connector }])
  closing.push(chat.close)
  await chat.say('hello')
  await chat.runRung()
  const thread = remote.posts[0]?.thread ?? ''
  const write = async (text: string) => {
    const item = remote.write(thread, 'bo', text)
    await chat.bridge.arrivals.accept('slack', [item])
    await chat.runRung()
    return item.raw
  }
  return { chat, told, write }
}

it('tells whoever writes whether the customer has it', async () => {
  const { told, write } = await arrange(0)
  const [one, two] = [await write('one'), await write(' ')]
  await expect
    .poll(() => told)
    .toEqual([
      [one, 'heard'],
      [two, 'empty'],
    ])
})

it('tells later what could not be told, and keeps no answer waiting for it', async () => {
  const { chat, told, write } = await arrange(1)
  const [empty] = [await write(' '), await write('two')]
  await expect.poll(() => told.filter(([, what]) => what !== 'heard')).toEqual([[empty, 'empty']])
  expect(chat.posted).toEqual(['two'])
})
