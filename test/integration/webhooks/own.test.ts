import { expect, it } from 'vitest'
import { AgentId } from '../../../src/contract/ids.ts'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 10 })
const bo = AgentId.parse(`agt_${'0'.repeat(24)}`)

/** Bo of the shop is offline, which was told; one endpoint wants to know, and one for another inbox. */
async function anAgent() {
  const hooks = await someWebhooks()
  const [receiver, elsewhere] = await Promise.all([aReceiver(), aReceiver()])
  await hooks.endpoint(receiver.url, { events: ['agent.*'], inboxes: ['shop'] })
  await hooks.endpoint(elsewhere.url, { events: ['agent.*'], inboxes: ['other'] })
  const becomes = (status: 'online' | 'away' | 'offline') => {
    hooks.pass(1_000)
    hooks.agents.set(bo, { status, since: new Date(hooks.now()) })
  }
  becomes('offline')
  await hooks.sweep()
  return { hooks, receiver, elsewhere, becomes }
}

it('tells of an agent who comes or goes, once, to those whose inbox they are of', async () => {
  const { hooks, receiver, elsewhere, becomes } = await anAgent()
  becomes('online')
  await Promise.all([hooks.sweep(), hooks.sweep(hooks.another())])
  await poll(receiver.bodies).toEqual([
    expect.objectContaining({
      type: 'agent.status_changed',
      data: expect.objectContaining({ agent: { id: bo, name: 'Bo' }, from: 'offline', to: 'online' }),
    }),
  ])
  await hooks.sweep()
  expect([receiver.calls.length, elsewhere.calls.length]).toEqual([1, 0])
})

it('tells nothing of who is as they were told of, whatever was in between', async () => {
  const { hooks, receiver, becomes } = await anAgent()
  becomes('online')
  becomes('offline')
  await hooks.sweep()
  becomes('away')
  await hooks.sweep()
  await poll(receiver.bodies).toEqual([
    expect.objectContaining({ data: expect.objectContaining({ from: 'offline', to: 'away' }) }),
  ])
})

it('tells of a change that a node wrote whose clock is behind', async () => {
  const { hooks, receiver, becomes } = await anAgent()
  becomes('online')
  await hooks.sweep()
  hooks.agents.set(bo, { status: 'offline', since: new Date(hooks.now() - 2_000) })
  await hooks.sweep()
  await poll(() => receiver.bodies().map(({ data }) => data.to)).toEqual(['online', 'offline'])
})

it('finishes what a process did not live to write down for each endpoint', async () => {
  const { hooks, receiver, becomes } = await anAgent()
  becomes('online')
  hooks.deaf(true)
  await hooks.sweep()
  hooks.deaf(false)
  await hooks.deliveries.deleteMany({})
  await hooks.connection.collection('own_events').updateMany({}, { $set: { isPending: true } })
  await hooks.sweep(hooks.another())
  await poll(() => receiver.bodies().length).toBe(1)
  expect(await hooks.connection.collection('own_events').countDocuments({ isPending: true })).toBe(0)
})
