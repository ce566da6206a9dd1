import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SavedView } from '../../src/contract/analytics.ts'
import { poll } from '../support/desk-console.ts'
import { aReportsDesk, drawn, type ReportsDesk } from '../support/reports-desk.ts'

let desk: ReportsDesk
beforeAll(async () => void (desk = await aReportsDesk()), 120_000)
afterAll(() => desk.close())

const open: ReportsDesk['openReports'] = (...opening) => desk.openReports(...opening)
const views = '/api/admin/analytics/views'

/** A view of today's chats, which is compared with nothing, and the page on which it is open. */
async function aSavedView(name: string, search = '') {
  const saved = { name, period: 'today', by: 'inbox', metrics: ['sessions', 'missed'] }
  const { id } = await desk.api<SavedView>('POST', views, saved)
  const { page } = await open(`/${id}${search}`)
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return {
    page,
    /** As the service has it. */
    async now() {
      const found = await desk.api<{ views: SavedView[] }>('GET', views)
      return found.views.find((view) => view.id === id)
    },
    byAnother: (change: object) => desk.api('PATCH', `${views}/${id}`, change),
    search: () => new URL(page.url()).search,
  }
}

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

it('keeps what is not saved yet while a digest is saved', async () => {
  const { page, search, now } = await aSavedView('Every morning', '?compare=year')
  await page.getByTestId('digest').click()
  await page.getByTestId('digest-on').check()
  await page.getByTestId('digest-addresses').fill('team@example.com,')
  await page.getByTestId('save').click()
  await page.getByText('Sent every Monday at 08:00', { exact: false }).waitFor()
  const isOffered = await page.getByTestId('save-changes').isVisible()
  expect([search(), isOffered, (await now())?.compare]).toEqual(['?compare=year', true, null])
})

it('offers to save what a view can keep, and leaves fixed days beside it', async () => {
  const days = '?from=2026-01-01&until=2026-01-31'
  const { page, search, now } = await aSavedView('January', days)
  const save = page.getByTestId('save-changes')
  const ofDaysAlone = await save.count()
  await page.getByLabel('Compare').selectOption('year')
  await save.click()
  await save.waitFor({ state: 'detached' })
  expect([ofDaysAlone, search(), await now()]).toMatchObject([0, days, { compare: 'year', period: 'today' }])
})

it('saves a view over what somebody else saved first at the second try, with what was typed', async () => {
  const { page, byAnother, now } = await aSavedView('Ours and theirs')
  await page.getByTestId('change-view').click()
  await page.getByTestId('view-name').fill('Ours')
  await byAnother({ name: 'Theirs', hours: 'business' })
  await page.getByTestId('save').click()
  await page.getByTestId('form-problem').filter({ hasText: 'Save again' }).waitFor()
  const typed = await page.getByTestId('view-name').inputValue()
  await page.getByTestId('save').click()
  await page.getByRole('heading', { level: 1, name: 'Ours' }).waitFor()
  expect([typed, await now()]).toMatchObject(['Ours', { name: 'Ours', hours: 'business' }])
})

it('saves a digest and changes over what somebody else saved first at the second try', async () => {
  const { page, byAnother, now } = await aSavedView('Of two people')
  await page.getByTestId('digest').click()
  await page.getByTestId('digest-on').check()
  await page.getByTestId('digest-addresses').fill('team@example.com,')
  await byAnother({ hours: 'business' })
  await page.getByTestId('save').click()
  await page.getByTestId('form-problem').filter({ hasText: 'Save again' }).waitFor()
  await page.getByTestId('save').click()
  await page.getByText('Sent every Monday at 08:00', { exact: false }).waitFor()
  await page.getByLabel('Compare').selectOption('year')
  await byAnother({ by: 'agent' })
  const save = page.getByTestId('save-changes')
  await save.click()
  await page.getByTestId('toast').filter({ hasText: 'Save again' }).waitFor()
  await save.click()
  await save.waitFor({ state: 'detached' })
  expect(await now()).toMatchObject({ by: 'agent', compare: 'year', hours: 'business', digest: { every: 'week' } })
})
