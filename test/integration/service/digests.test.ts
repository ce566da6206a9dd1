import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Digest, SavedView } from '../../../src/contract/analytics.ts'
import { aMailServer, type MailServer } from '../../support/mail-server.ts'
import { adminKey, aWorld, channel, json, type SlackMessage, type World } from '../../support/world.ts'

let world: World
let mails: MailServer
beforeAll(async () => {
  mails = await aMailServer()
  world = await aWorld({ env: { SMTP_URL: mails.url, SMTP_FROM: 'support@acme.example' } })
})
afterAll(async () => {
  await world.close()
  await mails.close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })
const headers = { authorization: `Bearer ${adminKey}` }
const views = '/api/admin/analytics/views'

const sendNow = ({ id }: SavedView) => world.api(`${views}/${id}/send`, { method: 'POST', headers })

/** A view whose digest is sent at once. */
async function sent(name: string, to: Digest['to']): Promise<SavedView> {
  const digest = { every: 'month', at: '08:00', timeZone: 'UTC', to }
  const body = { name, period: 'today', by: 'hour', metrics: ['sessions'], digest }
  const view = await world.api<SavedView>(views, { method: 'POST', headers, body })
  await sendNow(view)
  return view
}

const problemOf = async ({ id }: SavedView) =>
  (await world.api<{ views: SavedView[] }>(views, { headers })).views.find((view) => view.id === id)?.lastSent?.problem

const postsWith = async (text: string) => {
  const roots = await json<{ root: SlackMessage }[]>(`${world.slack.url}/sandbox/channels/${channel}`)
  return roots.filter(({ root }) => root.text.includes(text)).length
}

it('mails a digest by the server of the settings', async () => {
  const view = await sent('By mail', { kind: 'email', addresses: ['ana@example.com'] })
  await poll(() => problemOf(view)).toBe(null)
  expect(mails.arrived.map(({ to, mail }) => [to, mail.text?.includes('Chats: 0')])).toEqual([
    [['ana@example.com'], true],
  ])
})

it('posts a digest in Slack once, although the answer was lost', async () => {
  await world.faults('slack', [{ kind: 'drop_after', match: { method: 'chat.postMessage', text: 'In Slack' } }])
  const view = await sent('In Slack', { kind: 'slack', channel })
  await poll(() => problemOf(view)).toContain('Not sent yet.')
  await sendNow(view)
  await poll(() => problemOf(view)).toBe(null)
  expect(await postsWith('In Slack')).toBe(1)
})
