import type { AgentStatus, TeamMember } from '../../../src/contract/agent.ts'
import type { TransferChat } from '../../../src/contract/assignment.ts'
import type { CannedPage } from '../../../src/contract/canned.ts'
import type { HistoryPage, SessionInfo } from '../../../src/contract/chat.ts'
import type { ChatListName, ChatListPage, ListedChats } from '../../../src/contract/lists.ts'
import type { FoundInChatsPage } from '../../../src/contract/search.ts'
import type { Api } from '../frame/api.ts'

export type ChatCalls = ReturnType<typeof chatCalls>

const linesAtOnce = 100
const cannedShown = 20
const foundAtOnce = 30
const earlierShown = 20

/** What agents ask for, besides what goes over a chat's own line. All reject with a `Problem`. */
export function chatCalls(api: Api) {
  const of = (sessionId: string) => `/api/chat/sessions/${sessionId}`
  return {
    list: (list: ChatListName, cursor: string | undefined) =>
      api.look<ChatListPage>(`/api/chat/lists/${list}`, { limit: linesAtOnce, cursor }),
    lines: async (ids: readonly string[]) =>
      (await api.look<ListedChats>('/api/chat/lists', { ids: ids.join(',') })).chats,
    team: async () => (await api.look<{ agents: TeamMember[] }>('/api/chat/agents')).agents,
    setStatus: (status: AgentStatus) => api.put('/api/chat/agents/me/status', { status }),
    setTakes: (takes: number) => api.put<TeamMember>('/api/chat/agents/me/capacity', { takes }),
    before: (sessionId: string, seq: number) => api.get<HistoryPage>(`${of(sessionId)}/messages`, { before: seq }),
    transfer: (sessionId: string, to: TransferChat) => api.post(`${of(sessionId)}/transfer`, to),
    reopen: (sessionId: string) => api.post<void>(`${of(sessionId)}/reopen`),
    requestTicket: (sessionId: string) => api.post(`${of(sessionId)}/ticket`),
    setTags: (sessionId: string, tags: readonly string[]) => api.put(`${of(sessionId)}/tags`, { tags }),
    earlier: async (visitor: string) =>
      (await api.get<{ sessions: SessionInfo[] }>(`/api/chat/visitors/${visitor}/sessions`, { limit: earlierShown }))
        .sessions,
    search: (q: string, cursor: string | undefined) =>
      api.get<FoundInChatsPage>('/api/chat/search', { q, cursor, limit: foundAtOnce }),
    findCanned: async (inbox: string, q: string) =>
      (await api.get<CannedPage>('/api/chat/canned', { inbox, q, limit: cannedShown })).responses,
    renderCanned: async (id: string, sessionId: string) =>
      (await api.post<{ text: string }>(`/api/chat/canned/${id}/render`, { sessionId })).text,
  }
}
