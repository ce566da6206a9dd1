import type { Agent } from '../../src/chat/agents/agents.ts'
import { SessionId } from '../../src/contract/ids.ts'
import { Inbox } from '../../src/contract/inbox.ts'
import { aChat, type ChatOptions } from './chat.ts'

type Settings = Partial<Inbox['assignment']>

/** A chat with agents who come and go, and how its default inbox assigns. */
export async function aDesk(settings: Settings = {}, options: ChatOptions = {}) {
  const inbox = { key: 'default', name: 'Everyone', allowedOrigins: ['*'], assignment: settings }
  // Nobody here has a device.
  const limits = { agentOfflineAfter: 3_600_000, ...options.limits }
  const chat = await aChat({ ...options, limits, config: { inboxes: [Inbox.parse(inbox)], ...options.config } })
  const { connection, log } = chat.node()
  const agents = connection.collection<Agent>('agents')
  const state = (session: string) => log.state(SessionId.parse(session))

  const agent = async (name: string, { capacity = 5, ...more }: Partial<Agent> = {}) => {
    const about = { capacity, ...more }
    const made = await chat.agent(name, { ...(about.role && { role: about.role }), capacity })
    const _id = made.id as Agent['_id']
    // A status that was not chosen lasts until the next sweep, which makes whoever is away online again.
    const become = (set: Partial<Agent>) =>
      agents.updateOne({ _id }, { $set: { ...set, ...(set.status && { chosen: set.status }) } })
    const read = async () => (await agents.findOne({ _id })) as Agent
    await become({ status: 'online', ...about })
    return {
      ...made,
      become,
      read,
      places: async () => (await read()).reserved.map(({ session }) => session),
      act: (what: string, session: string, body: object = {}) =>
        chat.call('POST', `/api/chat/sessions/${session}/${what}`, { token: made.token, body }),
    }
  }

  return {
    chat,
    state,
    agent,
    assignee: async (session: string) => (await state(session))?.assignee?.id ?? null,
    /** A chat with a first word in it. `token`: of an earlier chat of the same visitor. */
    async visitor(text = 'hello', { token, on = 0 }: { token?: string; on?: number } = {}) {
      const { body } = await chat.call('POST', '/api/chat/sessions', { token, body: { name: 'Ana' }, on })
      await chat.say(body.sessionId, body.token, text, on)
      return body as { sessionId: string; token: string }
    },
    close: chat.close,
  }
}

export type Desk = Awaited<ReturnType<typeof aDesk>>
