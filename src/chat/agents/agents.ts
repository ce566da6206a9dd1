import { type Connection, Schema } from 'mongoose'
import type { AgentQuery, AgentStatus, ChangeAgent, CreateAgent } from '../../contract/agent.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { AgentId, PictureId } from '../../contract/ids.ts'
import type { Ids } from '../../platform/ids.ts'
import type { Reservation } from '../assignment/reservation.ts'

export interface Agent extends CreateAgent {
  _id: AgentId
  /** Unique without regard to case. */
  emailKey: string
  createdAt: Date
  /** What counts now: as an administrator set it, or fewer where they chose so. */
  capacity: number
  /** As an administrator set it, while they take fewer. */
  granted?: number
  /** What counts now: as chosen, or as the service found out. */
  status: AgentStatus
  statusSince: Date
  /** What they chose themselves; `online`, or nothing, leaves the status to the service. */
  chosen?: AgentStatus
  /** When they last did something, a little behind. */
  activeAt?: Date
  /** Counts choices and signs of life, so that a decision taken on what was before them is not written. */
  signs?: number
  /** Chats that count against the capacity: reserved first, confirmed by the event in the chat's log. */
  reserved: Reservation[]
  /** How many chats they were given by routing, and when the last. */
  routed?: { count: number; at: Date }
  /** Stands beside what they write. */
  picture?: PictureId
  /** Cannot sign in and gets no chats; stays for the names in the logs. */
  deactivatedAt?: Date
}

const schema = new Schema({ _id: String, emailKey: String }, { versionKey: false, strict: false })
schema.index({ emailKey: 1 }, { unique: true })
schema.index({ 'reserved.session': 1 })

export const agentModel = (connection: Connection) => connection.model('Agent', schema, 'agents')

export interface Agents {
  /** Throws `already_exists` for an email that another agent has. */
  create(agent: CreateAgent): Promise<Agent>
  find(id: string): Promise<Agent | null>
  /** Throws `not_found`. */
  get(id: string): Promise<Agent>
  /** Throws `not_found`. */
  byEmail(email: string): Promise<Agent>
  /** Null: nobody has it. */
  withEmail(email: string): Promise<Agent | null>
  /** Throws `not_found`. */
  change(id: string, change: ChangeAgent): Promise<Agent>
  /** As many chats at once as they want themselves. Throws `not_found`, `invalid_input` for more than was granted. */
  setTakes(id: string, takes: number): Promise<Agent>
  /** Null: none any more. Throws `not_found`. */
  setPicture(id: string, picture: PictureId | null): Promise<Agent>
  /** Throws `not_found`. */
  setActive(id: string, active: boolean): Promise<Agent>
  list(query?: AgentQuery): Promise<Agent[]>
  /** Makes those of the configuration who are not there yet. */
  seed(agents: readonly CreateAgent[]): Promise<void>
}

export function createAgents(deps: { connection: Connection; ids: Ids; now: () => number }): Agents {
  const agents = deps.connection.collection<Agent>('agents')

  const create = async (wanted: CreateAgent): Promise<Agent> => {
    const agent: Agent = {
      _id: deps.ids.agent(),
      ...wanted,
      emailKey: wanted.email.toLowerCase(),
      createdAt: new Date(deps.now()),
      status: 'offline',
      statusSince: new Date(deps.now()),
      reserved: [],
    }
    const inserted = await agents.updateOne({ emailKey: agent.emailKey }, { $setOnInsert: agent }, { upsert: true })
    if (inserted.upsertedCount === 0) throw new DeskbridgeError('already_exists', { details: { email: wanted.email } })
    return agent
  }

  const found = (agent: Agent | null): Agent => {
    if (!agent) throw new DeskbridgeError('not_found')
    return agent
  }
  const find = (id: string) => agents.findOne({ _id: { $eq: id as AgentId } })
  const get = async (id: string) => found(await find(id))
  const withEmail = (email: string) => agents.findOne({ emailKey: { $eq: email.toLowerCase() } })

  return {
    create,
    find,
    get,
    byEmail: async (email) => found(await withEmail(email)),
    withEmail,
    async change(id, change) {
      const { _id } = await get(id)
      const { capacity, ...others } = change
      const set = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))
      if (Object.keys(set).length > 0) await agents.updateOne({ _id }, { $set: set })
      // Another number ends what they chose themselves; the same one, sent along with something else, does not.
      if (capacity !== undefined)
        await agents.updateOne({ _id, granted: { $ne: capacity } }, { $set: { capacity }, $unset: { granted: 1 } })
      return get(id)
    },
    async setTakes(id, takes) {
      for (;;) {
        const { _id, capacity, granted } = await get(id)
        const most = granted ?? capacity
        if (takes > most) throw tooMany(most)
        // Only while that is what was granted.
        const asRead = { _id, capacity, granted: granted ?? { $exists: false } }
        const isLess = takes < most
        const { matchedCount } = await agents.updateOne(
          asRead,
          isLess ? { $set: { capacity: takes, granted: most } } : { $set: { capacity: takes }, $unset: { granted: 1 } },
        )
        if (matchedCount === 1) return get(id)
      }
    },
    async setPicture(id, picture) {
      const { _id } = await get(id)
      await agents.updateOne({ _id }, picture === null ? { $unset: { picture: 1 } } : { $set: { picture } })
      return get(id)
    },
    async setActive(id, active) {
      const { _id } = await get(id)
      const now = new Date(deps.now())
      if (active) await agents.updateOne({ _id }, { $unset: { deactivatedAt: 1 } })
      else await agents.updateOne({ _id, deactivatedAt: { $exists: false } }, { $set: { deactivatedAt: now } })
      return get(id)
    },
    list: ({ team, skill, status } = {}) =>
      agents
        .find({ ...(team && { teams: team }), ...(skill && { skills: skill }), ...(status && { status }) })
        .sort({ createdAt: 1 })
        .toArray(),
    async seed(wanted) {
      for (const agent of wanted) {
        await create(agent).catch((error: unknown) => {
          if (!(error instanceof DeskbridgeError && error.code === 'already_exists')) throw error
        })
      }
    },
  }
}

const tooMany = (most: number) =>
  new DeskbridgeError('invalid_input', { details: [{ path: 'takes', problem: `more than the capacity of ${most}` }] })
