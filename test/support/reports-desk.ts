import type { Page } from 'playwright-core'
import type { Report } from '../../src/contract/analytics.ts'
import { until } from '../../stores/process.ts'
import { aDeskConsole } from './desk-console.ts'
import { aMailServer } from './mail-server.ts'

const dayMs = 86_400_000
/** `days` from today, on the clock of the browsers. */
export const dayFromNow = (days: number): string => new Date(Date.now() + days * dayMs).toLocaleDateString('sv')

/**
 * The console of a supervisor who sees all inboxes, with three chats of today in the figures: one that they answered and that
 * was rated, one that was missed, and one of another inbox that waits.
 */
export async function aReportsDesk() {
  const mails = await aMailServer()
  const desk = await aDeskConsole({
    settings: { times: { foldAnalytics: 200 } },
    env: { SMTP_URL: mails.url, SMTP_FROM: 'reports@example.com' },
  })
  const sue = await desk.anAccount('Sue Perry', 'supervisor')
  await desk.api('POST', '/api/admin/inboxes', { key: 'sales', name: 'Sales', allowedOrigins: ['*'] })

  async function anAnsweredChat(name: string): Promise<string> {
    const { sessionId, token: visitor } = await desk.waiting(name, 'Where is my order?')
    const { token: agent } = await desk.tokenOf(sue.id)
    const talk = desk.world.connect(agent)
    const call = (method: string, what: string, token: string, body: object) => {
      const headers = { authorization: `Bearer ${token}` }
      return desk.world.api(`/api/chat/sessions/${sessionId}/${what}`, { method, headers, body })
    }
    await talk.emitWithAck('take_chat', { sessionId })
    await talk.emitWithAck('join_chat', { sessionId })
    const clientMessageId = crypto.randomUUID()
    await talk.emitWithAck('send_message', { sessionId, content: 'It left this morning.', clientMessageId })
    talk.close()
    await call('PUT', 'tags', agent, { tags: ['delivery'] })
    await call('POST', 'close', agent, {})
    await call('POST', 'rating', visitor, { score: 5 })
    return sessionId
  }
  async function aMissedChat(name: string): Promise<string> {
    const { sessionId } = await desk.waiting(name, 'Hello?')
    await desk.api('POST', `/api/chat/sessions/${sessionId}/close`, {})
    return sessionId
  }

  const answered = await anAnsweredChat('Ana Silva')
  const missed = await aMissedChat('Bruno Costa')
  await desk.waiting('Chloé Martin', 'Do you sell in bulk?', { inboxKey: 'sales' })
  const today = dayFromNow(0)
  const report = () => desk.api<Report>('GET', `/api/admin/analytics/report?from=${today}&until=${today}&by=day`)
  const isFolded = async () => (await report()).total.closed?.value === 2
  if (!(await until(isFolded, 60_000))) throw new Error('the figures did not come')

  return {
    ...desk,
    mails,
    sue,
    /** Ids of chats. */
    chats: { answered, missed },
    openReports: (path = '', options: object = {}) =>
      desk.open(`/console/reports${path}`, { as: sue.email, ...options }),
    async close() {
      await desk.close()
      await mails.close()
    },
  }
}

export type ReportsDesk = Awaited<ReturnType<typeof aReportsDesk>>

export const tile = (page: Page, id: string) => page.locator(`[data-metric="${id}"]`)
export const figure = (page: Page, id: string) => tile(page, id).locator('.tile-figure strong').first().textContent()
export const drawn = (page: Page) => page.getByTestId('canvas').locator('canvas').waitFor()
