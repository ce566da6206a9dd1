import type { SetStatus } from '../../contract/agent.ts'
import type { TransferChat } from '../../contract/assignment.ts'
import type { AgentId, CannedId, EventKey, SessionId } from '../../contract/ids.ts'
import type { RemoteFile } from './arrival.ts'
import type { DestinationName } from './connector.ts'

/** What an agent says from a remote. `origin`: the remote where it stands already, or `deskbridge` to have it brought there. */
export interface AgentSays {
  /** Blank beside files: they say it all. */
  text: string
  /** Said after the text, each under a key of its own. */
  files?: readonly RemoteFile[]
  internal: boolean
  key: EventKey
  origin: 'deskbridge' | DestinationName
}

/**
 * Asked by connectors whose remote lets agents act in chats: what the console does, with the agent's own rights. Each throws
 * the `DeskbridgeError` that a route would answer with; what an agent may not see is `not_found`.
 */
export interface Desk {
  /** The active agent with this email, for which the remote vouches. Null: nobody has it. */
  agentWith(email: string): Promise<AgentId | null>
  /** Whether the chat is there for the agent; throws otherwise. */
  mayAct(by: AgentId, session: SessionId): Promise<void>
  take(by: AgentId, session: SessionId): Promise<void>
  release(by: AgentId, session: SessionId): Promise<void>
  transfer(by: AgentId, session: SessionId, to: TransferChat): Promise<void>
  close(by: AgentId, session: SessionId): Promise<void>
  reopen(by: AgentId, session: SessionId): Promise<void>
  requestTicket(by: AgentId, session: SessionId): Promise<void>
  /** Idempotent by its key. If one of its files is refused, nothing is said; throws `file_…`, and what `read` throws. */
  say(by: AgentId, session: SessionId, said: AgentSays): Promise<void>
  /** Whether something stands under a key, and who reads it. */
  saidUnder(by: AgentId, session: SessionId, key: EventKey): Promise<'nothing' | 'to the team' | 'to the customer'>
  /** Responses that can be used in the chat, found by their words; the first of them by name. */
  findCanned(by: AgentId, session: SessionId, words: string): Promise<{ id: CannedId; name: string }[]>
  renderCanned(by: AgentId, session: SessionId, id: CannedId): Promise<string>
  /** Who could get the chat. */
  receivers(by: AgentId, session: SessionId): Promise<Receivers>
  setStatus(by: AgentId, status: SetStatus['status']): Promise<void>
  /** The open chats that are theirs. */
  chatsOf(by: AgentId): Promise<{ session: SessionId; visitor: string | null }[]>
  /** Agents who were writing an answer just now, as far as it is known. */
  typing(session: SessionId): Promise<{ id: AgentId; name: string }[]>
}

export interface Receivers {
  agents: { id: AgentId; name: string; status: SetStatus['status'] }[]
  teams: string[]
}

/** Asked by connectors for which chat a thread is of, and where a chat's thread is. */
export interface Threads {
  /** Null: of none. */
  sessionOf(destination: DestinationName, thread: string): Promise<SessionId | null>
  /** Null: it has none there. */
  threadOf(destination: DestinationName, session: SessionId): Promise<string | null>
}
