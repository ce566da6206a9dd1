import { expect, it } from 'vitest'
import type { InboxItem } from '../../../src/bridge/port/arrival.ts'
import type { Connector } from '../../../src/bridge/port/connector.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridgeFor } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

/** A chat with a reply that a look has seen, and one that was pushed only. `look`: the thread is compared. */
async function arrange(options: Partial<Connector> = {}) {
  const remote = aRemote({ showsGone: true })
  const chat = await aBridgeFor({ ...remote, connector: { ...remote.connector, ...options } })
  await chat.say('hello')
  await chat.runRung()
  const thread = remote.posts[0]?.thread ?? ''
  const write = (text: string) => chat.pushed(remote.write(thread, 'bo', text))
  const look = async () => {
    await chat.bridge.arrivals.look('slack', thread)
    await chat.runRung()
  }
  const seen = await write('seen')
  await look()
  const pushedOnly = await write('pushed only')
  chat.posted.length = 0
  return { remote, chat, thread, seen, pushedOnly, look }
}

const deletionOf = ({ id, thread }: InboxItem): InboxItem => ({
  ...{ id: `${id}:delete`, of: id, thread, order: `${id}:gone` },
  raw: { kind: 'delete', of: `slack:${id}` },
})

it('takes away what an earlier look has seen and nobody said was deleted, once', async () => {
  const { remote, chat, seen, look } = await arrange()
  remote.take(seen.id)
  await look()
  await look()
  expect(chat.posted).toEqual([`slack:${seen.id} is gone`])
})

it.each(['before', 'after'])('takes it away once when the push comes %s the look', async (when) => {
  const { remote, chat, seen, look } = await arrange()
  remote.take(seen.id)
  if (when === 'after') await look()
  await chat.bridge.arrivals.accept('slack', [deletionOf(seen)])
  await chat.runRung()
  await look()
  await look()
  expect(chat.posted).toEqual([`slack:${seen.id} is gone`])
})

it('leaves what no look has seen, for it may not be shown yet', async () => {
  const { remote, chat, pushedOnly, look } = await arrange()
  remote.take(pushedOnly.id)
  await look()
  expect(chat.posted).toEqual([])
})

it.each<[string, Partial<Connector>]>([
  ['is there when it is asked for by itself', { gone: async () => null }],
  [
    'cannot be asked for just now',
    {
      gone: () => {
        throw new RemoteFailure({ kind: 'limited', scope: 'link', afterMs: 1_000 }, 'busy')
      },
    },
  ],
])('leaves what %s', async (_what, connector) => {
  const { remote, chat, seen, look } = await arrange(connector)
  remote.take(seen.id)
  await look()
  expect(chat.posted).toEqual([])
})

it('leaves posts of our own to whoever deletes them', async () => {
  const { remote, chat, look } = await arrange()
  await look()
  for (const { id, marker } of [...remote.posts]) if (marker !== null) remote.take(id)
  await look()
  expect(chat.posted).toEqual([])
})
