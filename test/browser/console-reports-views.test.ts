import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SavedView } from '../../src/contract/analytics.ts'
import { poll } from '../support/desk-console.ts'
import { aReportsDesk, drawn, type ReportsDesk } from '../support/reports-desk.ts'

let desk: ReportsDesk
beforeAll(async () => void (desk = await aReportsDesk()), 120_000)
afterAll(() => desk.close())

const open: ReportsDesk['openReports'] = (...opening) => desk.openReports(...opening)

it('saves a view, changes it, sends it by itself, and deletes it', async () => {
  const { page } = await open('?period=today&by=agent&inbox=default')
  await drawn(page)
  await page.getByTestId('save-view').click()
  await page.getByTestId('view-name').fill('Monday meeting')
  await page.getByRole('checkbox', { name: 'Queue, longest' }).check()
  await desk.shot(page, 'reports-save')
  await page.getByTestId('save').click()
  await page.getByRole('heading', { level: 1, name: 'Monday meeting' }).waitFor()
  await page.getByLabel('Compare').selectOption('year')
  await page.getByTestId('save-changes').click()
  await page.getByTestId('save-changes').waitFor({ state: 'detached' })
  await page.getByTestId('digest').click()
  await page.getByTestId('digest-on').check()
  await page.getByTestId('digest-addresses').fill('team@example.com,')
  await desk.shot(page, 'reports-digest')
  await page.getByTestId('save').click()
  await page.getByText('Sent every Monday at 08:00', { exact: false }).waitFor()
  const { views } = await desk.api<{ views: SavedView[] }>('GET', '/api/admin/analytics/views')
  await page.getByTestId('digest').click()
  await page.getByTestId('send-now').click()
  await page.getByTestId('toast').filter({ hasText: 'is on its way' }).waitFor()
  await poll(() => desk.mails.arrived.flatMap(({ to }) => to)).toEqual(['team@example.com'])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByTestId('change-view').click()
  await page.getByTestId('delete-view').click()
  await page.getByTestId('yes').click()
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()
  expect([views, await page.getByTestId('saved-view').count()]).toMatchObject([
    [
      {
        ...{ name: 'Monday meeting', period: 'today', inboxes: ['default'], by: 'agent', compare: 'year' },
        metrics: expect.arrayContaining(['sessions', 'first_response_p90', 'queue_longest']),
        digest: { every: 'week', to: { kind: 'email', addresses: ['team@example.com'] } },
      },
    ],
    0,
  ])
})
