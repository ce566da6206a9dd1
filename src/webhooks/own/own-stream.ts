import type { Connection } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId, EventId } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import { bytesFrom, createIds } from '../../platform/ids.ts'
import { keptMs } from '../deliveries/attempts.ts'
import { begin, newDelivery } from '../deliveries/begin.ts'
import { deliveriesOf } from '../deliveries/stored.ts'
import { type Doorbell, pullsFor } from '../doorbell.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import { endpointsOf } from '../endpoints/stored.ts'
import { agentStatusChanged, endpointDisabled } from '../events/own-streams.ts'
import { isFor } from '../fan-out/wanted.ts'
import { type OwnEvent, ownEventsOf, type ToldStatus, toldStatusesOf } from './stored.ts'

export interface AgentNow {
  id: AgentId
  name: string
  inboxes: readonly string[]
  status: AgentStatus
  since: Date
}

/** What happens beside the chats. Each of these may run twice at once, and makes up for what a crash left undone. */
export interface OwnStream {
  /** Tells of agents who are there, or are not, since that was told last. */
  tellStatuses(): Promise<void>
  /** Tells of endpoints that were disabled. */
  tellDisabled(): Promise<void>
  /** Writes down what was begun and not written for each endpoint. */
  finish(): Promise<void>
}

interface OwnStreamDeps {
  connection: Connection
  known: Pick<KnownEndpoints, 'on' | 'onNow'>
  agentsNow(): Promise<readonly AgentNow[]>
  doorbell: Doorbell
  now(): number
}

export function createOwnStream(deps: OwnStreamDeps): OwnStream {
  const { connection, known, agentsNow, now } = deps
  const events = ownEventsOf(connection)
  const told = toldStatusesOf(connection)
  const endpoints = endpointsOf(connection)

  const tell = async (event: Pick<OwnEvent, '_id' | 'at' | 'payload'> & { inboxes: readonly string[] }) => {
    const expireAt = new Date(now() + keptMs)
    const whole = { ...event, inboxes: [...event.inboxes], isPending: true, expireAt }
    try {
      await events.insertOne(whole)
    } catch (error) {
      if (isDuplicateKey(error)) return
      throw error
    }
    await fanOut(deps, whole)
  }

  const tellStatus = async (agent: AgentNow, before: ToldStatus | undefined) => {
    const { id, status, since } = agent
    // Not the later one of two: another node's clock may be behind that of the one before.
    if (before?.since.getTime() === since.getTime()) return
    if (before && before.status !== status) {
      const about = { eventId: statusEventOf(agent), at: since }
      const payload = agentStatusChanged(about, agent, { inboxes: agent.inboxes, from: before.status, to: status })
      await tell({ _id: about.eventId, at: since, inboxes: agent.inboxes, payload })
    }
    await told.updateOne({ _id: id }, { $set: { status, since } }, { upsert: true })
  }

  return {
    async tellStatuses() {
      if ((await known.on()).length === 0) return
      // First what was told, so that who is there is at least as new.
      const before = new Map((await told.find().toArray()).map((one) => [one._id, one]))
      for (const agent of await agentsNow()) await tellStatus(agent, before.get(agent.id))
    },
    async tellDisabled() {
      const untold = await endpoints.find({ enabled: false, 'disabled.isTold': false }).toArray()
      for (const { _id, url, disabled, failingSince } of untold) {
        if (!disabled) continue
        const { notice, at, why: reason } = disabled
        const payload = endpointDisabled({ eventId: notice, at }, { id: _id, url }, { reason, failingSince })
        await tell({ _id: notice, at, inboxes: [], payload })
        await endpoints.updateOne({ _id, 'disabled.notice': notice }, { $set: { 'disabled.isTold': true } })
      }
    },
    async finish() {
      for (const event of await events.find({ isPending: true }).toArray()) await fanOut(deps, event)
    },
  }
}

async function fanOut({ connection, known, doorbell, now }: OwnStreamDeps, event: OwnEvent): Promise<void> {
  const { _id, at, inboxes, payload } = event
  const type = payload.type
  const wanted = (await known.onNow())
    .filter((endpoint) => isFor(endpoint, { type, at, inboxes }))
    .map((endpoint) => newDelivery(endpoint._id, { event: _id, type, session: null, seq: null, at }, now()))
  await begin(deliveriesOf(connection), wanted)
  await ownEventsOf(connection).updateOne({ _id }, { $set: { isPending: false } })
  await doorbell.ring(pullsFor(wanted))
}

/** The same for the same change, whichever process tells of it. */
const statusEventOf = ({ id, since }: AgentNow): EventId => createIds(bytesFrom(`${id} ${since.toISOString()}`)).event()
