import type {
  ConnectorChat,
  ConnectorChatPage,
  ConnectorChatQuery,
  ConnectorHealth,
} from '../../../src/contract/connector-health.ts'
import type { SlackInstallation, SlackInstallLink } from '../../../src/contract/slack-installation.ts'
import type { Api } from '../frame/api.ts'

const path = '/api/admin/connectors'
const installations = '/api/admin/slack/installations'

export const connectorCalls = (api: Api) => ({
  list: async () => (await api.get<{ connectors: ConnectorHealth[] }>(path)).connectors,
  pause: (name: string, reason: string) =>
    api.post<ConnectorHealth>(`${path}/${name}/pause`, reason === '' ? {} : { reason }),
  resume: (name: string) => api.post<ConnectorHealth>(`${path}/${name}/resume`),
  retry: (name: string) => api.post<ConnectorHealth>(`${path}/${name}/retry`),
  chats: (name: string, { state, limit }: Pick<ConnectorChatQuery, 'state' | 'limit'>) =>
    api.get<ConnectorChatPage>(`${path}/${name}/chats`, { state, limit }),
  retryChat: (name: string, session: string) => api.post<ConnectorChat>(`${path}/${name}/chats/${session}/retry`),
})

export const workspaceCalls = (api: Api) => ({
  list: async () => (await api.get<{ installations: SlackInstallation[] }>(installations)).installations,
  makeLink: () => api.post<SlackInstallLink>(`${installations}/links`),
  remove: (team: string) => api.remove(`${installations}/${encodeURIComponent(team)}`),
})

export type ConnectorCalls = ReturnType<typeof connectorCalls>
export type WorkspaceCalls = ReturnType<typeof workspaceCalls>
