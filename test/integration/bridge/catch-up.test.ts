import { afterEach, expect, it } from 'vitest'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote, type FakeRemote } from '../../support/remote.ts'

let close = async () => {}
afterEach(() => close())

const session = (n: number) => SessionId.parse(`ses_${String(n).padStart(24, '0')}`)
const hours = 3_600_000

/** Open chats that began before anybody was to be told, two days ago. */
async function quietChats(remote: FakeRemote, count: number) {
  const chat = await aBridge([remote])
  close = chat.close
  for (let n = 1; n <= count; n += 1) await chat.begin(session(n), 'default', `Hello ${n}`)
  await chat.bridge.settled()
  chat.rung.length = 0
  await chat.links.deleteMany({})
  await chat.pass(72 * hours)
  const sweeps: Record<string, () => Promise<unknown>> = {}
  chat.bridge.startSweeps((name, _every, task) => {
    sweeps[name] = task
    return { stop: async () => {} }
  })
  return { ...chat, catchUp: async () => sweeps['catch-up']?.() }
}

it('brings open chats to a destination that is new, with their story so far, once', async () => {
  const remote = aRemote()
  const chat = await quietChats(remote, 1)
  await chat.catchUp()
  await chat.runRung()
  await chat.catchUp()
  expect([remote.shown(), chat.rung]).toEqual([['opened', 'Hello 1'], []])
})

it('goes on where it was stopped, and brings nothing twice', async () => {
  const chat = await quietChats(aRemote(), 201)
  await chat.catchUp()
  const first = await chat.links.countDocuments()
  await chat.connection.collection('caught_up').updateOne({}, { $set: { after: session(100) } })
  await chat.catchUp()
  const ids = chat.rung.flatMap((work) => (work.kind === 'deliver' ? work.link : []))
  expect([first, await chat.links.countDocuments(), new Set(ids).size, ids.length]).toEqual([200, 201, 201, 201])
})

it('has the threads of open chats looked at when there are other places for them, once all processes can know it', async () => {
  let places = 'here'
  const chat = await quietChats(aRemote({ places: async () => places }), 201)
  await chat.catchUp()
  await chat.catchUp()
  await chat.runRung()
  await chat.catchUp()
  const rungFor = () => chat.rung.splice(0).length
  const before = rungFor()
  places = 'there'
  const rung: number[] = []
  for (let sweep = 0; sweep < 4; sweep += 1) {
    await chat.catchUp()
    rung.push(rungFor())
  }
  expect([before, rung, await chat.links.countDocuments({ 'outbound.behind': true })]).toEqual([0, [0, 200, 1, 0], 201])
})
