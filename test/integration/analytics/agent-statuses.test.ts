import mongoose from 'mongoose'
import { expect, it, onTestFinished } from 'vitest'
import { noteStatus, noteStatuses } from '../../../src/analytics/agents/note-statuses.ts'
import { agentStatusModel, readStatuses } from '../../../src/analytics/agents/stored.ts'
import type { AgentStatus } from '../../../src/contract/agent.ts'
import { AgentId } from '../../../src/contract/ids.ts'
import { freshStores } from '../../support/stores.ts'

const bo = AgentId.parse(`agt_${'0'.repeat(24)}`)
const ida = AgentId.parse(`agt_${'1'.repeat(24)}`)

/** Agents who become something at a time, `look`s at them, and what is known of them afterwards. */
async function aHistory(now = 1_000_000) {
  const stores = await freshStores()
  const connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  onTestFinished(async () => {
    await connection.close()
    await stores.drop()
  })
  await agentStatusModel(connection).init()
  const standing = new Map<AgentId, { id: AgentId; status: AgentStatus; since: Date }>()
  const statusesNow = async () => [...standing.values()]
  return {
    becomes: (id: AgentId, status: AgentStatus, at: number) => standing.set(id, { id, status, since: new Date(at) }),
    hears: (agent: AgentId, status: AgentStatus, at: number) =>
      noteStatus(connection, { agent, status, at: new Date(at) }),
    look: () => noteStatuses({ connection, statusesNow, now: () => now }),
    async known(from = 0, until = now) {
      const histories = await readStatuses(connection, from, until)
      return Object.fromEntries(
        [...histories].map(([agent, history]) => [agent, history.map(({ status, at }) => [status, at.getTime()])]),
      )
    },
  }
}

it('writes down each change once, however many look', async () => {
  const history = await aHistory()
  history.becomes(bo, 'offline', 1_000)
  history.becomes(ida, 'busy', 1_500)
  await Promise.all([history.look(), history.look(), history.look()])
  history.becomes(bo, 'online', 2_000)
  await Promise.all([history.look(), history.look(), history.look()])
  await history.look()
  expect(await history.known()).toEqual({
    [bo]: [
      ['offline', 1_000],
      ['online', 2_000],
    ],
    [ida]: [['busy', 1_500]],
  })
})

it('misses no change that it heard of, though it was over before the next look', async () => {
  const history = await aHistory()
  history.becomes(bo, 'online', 1_000)
  await history.look()
  history.becomes(bo, 'online', 3_000)
  await history.look()
  await history.hears(bo, 'away', 2_000)
  await history.look()
  await history.hears(bo, 'online', 3_000)
  expect(await history.known()).toEqual({
    [bo]: [
      ['online', 1_000],
      ['away', 2_000],
      ['online', 3_000],
    ],
  })
})

it('ends with what an agent is, though a clock that was behind or two changes of one instant said otherwise', async () => {
  const history = await aHistory()
  await history.hears(bo, 'online', 5_000)
  await history.hears(bo, 'offline', 4_000)
  history.becomes(bo, 'offline', 4_000)
  await history.hears(ida, 'busy', 5_000)
  await history.hears(ida, 'away', 5_000)
  history.becomes(ida, 'away', 5_000)
  await Promise.all([history.look(), history.look()])
  await history.look()
  expect(await history.known()).toEqual({
    [bo]: [
      ['offline', 4_000],
      ['online', 5_000],
      ['offline', 5_001],
    ],
    [ida]: [
      ['busy', 5_000],
      ['away', 5_001],
    ],
  })
})

it('reads a period with what an agent was at its beginning, and nothing after its end', async () => {
  const history = await aHistory()
  await history.hears(bo, 'online', 1_000)
  await history.hears(bo, 'away', 2_000)
  await history.hears(bo, 'busy', 3_000)
  await history.hears(bo, 'offline', 4_000)
  await history.hears(ida, 'online', 2_500)
  await history.hears(ida, 'offline', 9_000)
  expect(await history.known(2_000, 4_000)).toEqual({
    [bo]: [
      ['away', 2_000],
      ['busy', 3_000],
    ],
    [ida]: [['online', 2_500]],
  })
})

it('knows one that is older than what is looked at, from a day ago on, and writes it once', async () => {
  const day = 86_400_000
  const history = await aHistory(10 * day)
  history.becomes(bo, 'busy', 1_000)
  history.becomes(ida, 'away', 9.5 * day)
  for (let looks = 0; looks < 3; looks += 1) await history.look()
  expect(await history.known(9 * day)).toEqual({ [bo]: [['busy', 9 * day]], [ida]: [['away', 9.5 * day]] })
})
