import type {
  ChangeView,
  NewView,
  Report,
  ReportBy,
  SavedView,
  ShownMetric,
  TracedChat,
} from '../../../src/contract/analytics.ts'
import type { Days } from '../../../src/contract/view-days.ts'
import type { Api } from '../frame/api.ts'
import { type Kind, type Narrowed, nameOfLine, narrowedBy, usual } from './question/question.ts'

const base = '/api/admin/analytics'
const chatsAtOnce = 50

export interface AskedReport {
  days: Days
  narrowed: Narrowed
  by: ReportBy
  metrics: readonly string[]
  compare?: 'previous' | 'year' | null
}

export interface AskedChats {
  days: Days
  narrowed: Narrowed
  metric: string
  /** The key of a line by the hour, of a day or of the week. */
  hour?: string
}

export interface TracedPage {
  chats: TracedChat[]
  cursor: string | null
}

/** A thing that figures can be narrowed to, and what it is called. */
export type Offered = readonly [key: string, name: string]

const queryOf = ({ days, narrowed, by, metrics, compare }: AskedReport) => ({
  ...days,
  ...narrowed,
  by,
  metrics: metrics.join(','),
  ...(compare && { compare }),
})

export const reportCalls = (api: Api) => ({
  metrics: async () => (await api.get<{ metrics: ShownMetric[] }>(`${base}/metrics`)).metrics,
  report: (asked: AskedReport) => api.get<Report>(`${base}/report`, queryOf(asked)),
  /** The same as a file. */
  file: (asked: AskedReport, format: 'csv' | 'json') => api.file(`${base}/export`, { ...queryOf(asked), format }),
  chats: ({ days, narrowed, ...asked }: AskedChats, cursor?: string) =>
    api.get<TracedPage>(`${base}/sessions`, { ...days, ...narrowed, ...asked, cursor, limit: chatsAtOnce }),
  /** Those that there are figures of in these days. */
  async offered(by: 'inbox' | Kind, days: Days): Promise<Offered[]> {
    const asked = { days, narrowed: narrowedBy(usual), by, metrics: ['sessions'] }
    const { rows } = await api.get<Report>(`${base}/report`, queryOf(asked))
    return rows
      .map((row): Offered => [row.key, nameOfLine(by, row)])
      .sort(([, one], [, other]) => one.localeCompare(other))
  },
  views: async () => (await api.get<{ views: SavedView[] }>(`${base}/views`)).views,
  create: (view: NewView) => api.post<SavedView>(`${base}/views`, view),
  change: (id: string, change: ChangeView) => api.patch<SavedView>(`${base}/views/${id}`, change),
  remove: (id: string) => api.remove(`${base}/views/${id}`),
  send: (id: string) => api.post<void>(`${base}/views/${id}/send`),
})

export type ReportCalls = ReturnType<typeof reportCalls>
