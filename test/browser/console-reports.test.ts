import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { poll } from '../support/desk-console.ts'
import { aReportsDesk, dayFromNow, drawn, figure, type ReportsDesk, tile } from '../support/reports-desk.ts'

let desk: ReportsDesk
beforeAll(async () => void (desk = await aReportsDesk()), 120_000)
afterAll(() => desk.close())

const today = dayFromNow(0)
const tomorrow = dayFromNow(1)
const sixDaysAgo = dayFromNow(-6)
const open: ReportsDesk['openReports'] = (...opening) => desk.openReports(...opening)
const cells = (page: Page) => page.getByTestId('split-row').locator('th').allTextContents()

it('shows figures with of how many they are, and what they mean, by the keyboard as well', async () => {
  const { page, problems } = await open('?period=today')
  await drawn(page)
  const figures = await Promise.all(['sessions', 'missed_share', 'csat_score'].map((id) => figure(page, id)))
  const sample = await tile(page, 'missed_share').locator('.tile-foot span').first().textContent()
  const before = await tile(page, 'sessions').getByTestId('change').textContent()
  await tile(page, 'missed_share').getByTestId('explain').focus()
  await page.keyboard.press('Enter')
  await page.getByText('These, divided by all closings.').waitFor()
  await desk.shot(page, 'reports-explained')
  await page.keyboard.press('Escape')
  await page.getByText('These, divided by all closings.').waitFor({ state: 'hidden' })
  expect([figures, sample, before, problems]).toEqual([
    ...[['3', '50.0%', '5.00'], 'of 2', 'was 0, this period is not over', []],
  ])
})

it('draws the figure that is chosen, and has the same as a table', async () => {
  const { page } = await open(`?from=${sixDaysAgo}&until=${today}`)
  await drawn(page)
  await tile(page, 'resolved').getByTestId('draw').focus()
  await page.keyboard.press('Enter')
  await page.locator('figure').getByRole('heading', { name: 'Resolved' }).waitFor()
  await page.getByTestId('as-table').click()
  const figures = await page.locator('figure tbody td:nth-child(2)').allTextContents()
  expect([figures.length, figures.at(-1)?.startsWith('1'), new URL(page.url()).search]).toEqual([
    ...[7, true, `?from=${sixDaysAgo}&until=${today}&draw=resolved`],
  ])
})

it('keeps what is asked for in the address, and goes back', async () => {
  const { page } = await open('?period=yesterday')
  await page.getByText('Nothing happened in these days').waitFor()
  await desk.shot(page, 'reports-nothing')
  await page.getByLabel('Period').selectOption('today')
  await drawn(page)
  await page.getByTestId('section-speed').click()
  await page.getByRole('heading', { level: 1, name: 'Speed' }).waitFor()
  const address = new URL(page.url()).search
  await page.goBack()
  await page.goBack()
  await page.getByText('Nothing happened in these days').waitFor()
  const back = await page.getByLabel('Period').inputValue()
  await page.goto(`${desk.world.url}/console/reports?from=${today}&until=${today}&compare=none&inbox=sales`)
  await drawn(page)
  expect([address, back, await figure(page, 'sessions')]).toEqual(['?period=today&show=speed', 'yesterday', '1'])
})

it('shows no figures of another question where this one cannot be read, and reads all of it again', async () => {
  const { page } = await open('?period=today')
  await page.getByTestId('split-row').first().waitFor()
  await page.route(/\/analytics\/report\?/, (route) => route.fulfill({ status: 503, json: {} }))
  await page.getByLabel('Compare').selectOption('year')
  const left = () => Promise.all(['tiles', 'canvas', 'split-row'].map((test) => page.getByTestId(test).count()))
  await poll(left).toEqual([0, 0, 0])
  await page.unrouteAll()
  await page.getByTestId('failed').getByRole('button').click()
  await page.getByTestId('split-row').first().waitFor()
  await drawn(page)
  expect(await figure(page, 'sessions')).toBe('3')
})

it('tells no figures of another question apart where those of this one cannot be read', async () => {
  const { page } = await open('?period=today')
  await page.getByTestId('split-row').first().waitFor()
  await page.route(/\/analytics\/report\?.*by=inbox/, (route) => route.fulfill({ status: 503, json: {} }))
  await page.getByTestId('inboxes').click()
  await page.getByRole('checkbox', { name: 'Sales' }).check()
  await page.locator('.split').getByTestId('failed').waitFor()
  expect(await page.getByTestId('split-row').count()).toBe(0)
})

it('reads all of it again, of the day that it is by then', async () => {
  const { page } = await open('?period=today')
  await page.getByTestId('split-row').first().waitFor()
  await drawn(page)
  await page.clock.setFixedTime(Date.now() + 86_400_000)
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    const isShown = searchParams.get('metrics') !== 'sessions'
    if (pathname.endsWith('/report') && isShown) asked.push(`${searchParams.get('by')} ${searchParams.get('from')}`)
  })
  await page.getByTestId('again').click()
  await poll(() => asked.toSorted()).toEqual([`hour ${tomorrow}`, `inbox ${tomorrow}`])
})

it('narrows to inboxes and to one tag, and offers what there are figures of', async () => {
  const { page } = await open('?period=today')
  await drawn(page)
  await page.getByTestId('inboxes').click()
  await page.getByRole('checkbox', { name: 'Sales' }).check()
  await poll(() => figure(page, 'sessions')).toBe('1')
  await page.getByRole('button', { name: 'All inboxes' }).click()
  await page.keyboard.press('Escape')
  await page.getByLabel('Chats of').selectOption('tag')
  await page.getByLabel('Tag', { exact: true }).selectOption('delivery')
  await poll(() => figure(page, 'sessions')).toBe('1')
  const tabs = await page.locator('.split-tabs button').allTextContents()
  expect([tabs, new URL(page.url()).search]).toEqual([['Inboxes', 'Tags'], '?period=today&tag=delivery'])
})

it('goes from one agent to one tag', async () => {
  const { page } = await open(`?period=today&agent=${desk.sue.id}`)
  await page.getByLabel('Agent', { exact: true }).waitFor()
  await page.getByLabel('Chats of').selectOption('tag')
  await page.getByLabel('Tag', { exact: true }).selectOption('delivery')
  await poll(() => new URL(page.url()).search).toBe('?period=today&tag=delivery')
})

it('takes a day that is typed once it is meant, as one step', async () => {
  const address = '?from=2026-01-10&until=2026-03-10'
  const { page } = await open(address)
  const read = async () => [new URL(page.url()).search, await page.evaluate(() => history.length)] as const
  const until = page.getByLabel('To', { exact: true })
  const [, steps] = await read()
  await until.focus()
  for (const key of ['ArrowUp', 'ArrowUp']) await page.keyboard.press(key)
  const whileTyping = await read()
  const typed = await until.inputValue()
  await page.keyboard.press('Enter')
  expect({ whileTyping, isTyped: typed > '2026-03-10', chosen: await read() }).toEqual({
    whileTyping: [address, steps],
    isTyped: true,
    chosen: [`?from=2026-01-10&until=${typed}`, steps + 1],
  })
})

it('tells figures apart, sorts them, and shows the busiest hours', async () => {
  const { page } = await open('?period=today&show=volume')
  await page.getByTestId('split-row').first().waitFor()
  const first = await cells(page)
  await page.getByTestId('sort').first().click()
  const byName = await cells(page)
  await page.getByTestId('sort').first().click()
  const turned = await cells(page)
  await page.getByTestId('by-agent').click()
  await page.getByTestId('split-row').filter({ hasText: 'Sue Perry' }).waitFor()
  await page.getByTestId('by-hour_of_week').click()
  await page.getByTestId('heat-map').waitFor()
  const counted = await page.locator('.heat > span:first-child').allTextContents()
  const sum = counted.reduce((total, text) => total + Number(text), 0)
  expect([first.length, byName.toReversed(), sum]).toEqual([2, turned, 3])
})

it('shows the average by the hour of the week, where a percentile is drawn', async () => {
  const { page } = await open('?period=today&show=speed&by=hour_of_week')
  await page.locator('.heat.opens').click()
  await page.getByRole('dialog').getByRole('link').first().waitFor()
  const title = await page.getByRole('dialog').getByRole('heading').textContent()
  const hint = await page.locator('.split .hint').textContent()
  const chart = await page.locator('figure h2').textContent()
  expect([title, hint, chart]).toEqual([
    ...['First response, average', 'First response, average, each hour on the clock of its inbox.'],
    'First response, median',
  ])
})

it('opens the chats behind a figure and behind a line, and from there the chat', async () => {
  const { page } = await open('?period=today&show=quality')
  await tile(page, 'missed').getByTestId('trace').click()
  const link = page.getByTestId('traced-chats').getByRole('link')
  await link.first().waitFor()
  const hrefs = await link.evaluateAll((links) => links.map((one) => one.getAttribute('href')))
  await desk.shot(page, 'reports-chats')
  await page.getByTestId('close').click()
  await page.getByTestId('by-tag').click()
  await page.getByTestId('split-row').filter({ hasText: 'delivery' }).getByTestId('traced').first().click()
  await link.first().click()
  await page.locator('.bubble', { hasText: 'It left this morning.' }).waitFor()
  expect([hrefs, new URL(page.url()).pathname]).toEqual([
    [`/console/chats/closed/${desk.chats.missed}`],
    `/console/chats/closed/${desk.chats.answered}`,
  ])
})

it('opens the chats of an hour, of a day and of the week, by the keyboard as well', async () => {
  const { page } = await open('?period=today&show=quality&draw=missed')
  const hrefs = async () => {
    const links = page.getByTestId('traced-chats').getByRole('link')
    await links.first().waitFor()
    const found = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    await page.getByTestId('close').click()
    return found
  }
  await drawn(page)
  await page.getByTestId('as-table').click()
  await page.locator('figure').getByTestId('traced').click()
  const ofDay = await hrefs()
  await page.getByTestId('by-hour_of_week').click()
  await page.locator('.heat.opens').click()
  const about = await page.getByTestId('traced-chats').locator('p').first().textContent()
  const ofWeek = await hrefs()
  const [day, hour] = await page
    .locator('.heat.opens')
    .evaluate((cell: HTMLTableCellElement) => [cell.closest('tr')?.sectionRowIndex ?? 0, cell.cellIndex - 1])
  await page.locator('.heat[tabindex="0"]').focus()
  for (const key of ['Home', ...Array(6).fill('ArrowUp'), ...Array(day).fill('ArrowDown')])
    await page.keyboard.press(key)
  for (const key of [...Array(hour).fill('ArrowRight'), 'Enter']) await page.keyboard.press(key)
  expect([ofDay, ofWeek, await hrefs(), about]).toEqual([
    ...Array(3).fill([`/console/chats/closed/${desk.chats.missed}`]),
    expect.stringMatching(/^\w+day, \d\d?(:00| [AP]M), .*\d{4}$/),
  ])
})

it('gives what is shown as a file', async () => {
  const { page } = await open('?period=today&show=queue&inbox=default')
  await drawn(page)
  const save = async (test: string) => {
    await page.getByTestId('export').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(test).click()])
    await page.keyboard.press('Escape')
    return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')] as const
  }
  const [csvName, csv] = await save('export-inbox-csv')
  const [jsonName, json] = await save('export-hour-json')
  const lines = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(',')[0])
  expect([csvName, lines, jsonName, JSON.parse(json).rows.length]).toEqual([
    `deskbridge-${today}-${today}-inbox.csv`,
    ['inbox', 'default', 'total'],
    `deskbridge-${today}-${today}-hour.json`,
    24,
  ])
})

it('says what every figure means', async () => {
  const { page } = await open()
  await page.getByTestId('definitions-open').click()
  const texts = await page.getByTestId('definitions').locator('dt').allTextContents()
  await desk.shot(page, 'reports-definitions')
  expect(texts).toEqual(expect.arrayContaining(['Chats', 'First response', 'Missed, share', 'Time to Slack']))
})

it('shows a supervisor of some inboxes these alone, and an agent nothing', async () => {
  const ben = await desk.anAccount('Ben Sales', 'supervisor', { inboxes: ['sales'] })
  const bo = await desk.anAccount('Bo Bell', 'agent')
  const { page } = await desk.open('/console/reports?period=today', { as: ben.email })
  await page.getByTestId('split-row').first().waitFor()
  const seen = await cells(page)
  const sections = await page.locator('[data-test^="section-"]').allTextContents()
  await page.goto(`${desk.world.url}/console/reports?show=agents`)
  await page.getByRole('heading', { name: 'Agents’ time is not shown to you' }).waitFor()
  const other = await desk.open('/console/reports', { as: bo.email })
  await other.page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  expect([seen, sections]).toEqual([
    ['Sales'],
    ['Summary', 'Volume', 'Speed', 'Queue', 'Quality', 'Slack, Zendesk, webhooks'],
  ])
})

it('holds to WCAG: a summary, the busiest hours, the chats behind a figure, a view that is saved', async () => {
  const as = { as: desk.sue.email, viewport: { width: 1440, height: 1200 } }
  await desk.examine('/console/reports?period=this_month', 'reports', drawn, as)
  await desk.examine(
    '/console/reports?period=today&show=volume&by=hour_of_week',
    'reports-hours',
    (page) => page.getByTestId('heat-map').waitFor(),
    as,
  )
  await desk.examine(
    '/console/reports?period=today',
    'reports-traced',
    async (page) => {
      await tile(page, 'sessions').getByTestId('trace').click()
      await page.getByTestId('traced-chats').getByRole('link').first().waitFor()
    },
    as,
  )
  await desk.examine(
    '/console/reports?period=today',
    'reports-view',
    async (page) => {
      await page.getByTestId('save-view').click()
      await page.getByTestId('view-name').waitFor()
    },
    as,
  )
})

it.each([
  ['320', { width: 320, height: 1200 }],
  ['768', { width: 768, height: 1200 }],
  ['1440', { width: 1440, height: 1200 }],
])('fits %s pixels', async (name, viewport) => {
  const isTooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  const { page, problems } = await open('?show=speed&by=agent&period=today', { viewport })
  await page.getByTestId('split-row').first().waitFor()
  await drawn(page)
  await desk.shot(page, `reports-${name}`)
  const withTable = await page.evaluate(isTooWide)
  await page.getByTestId('by-hour_of_week').click()
  await page.getByTestId('heat-map').waitFor()
  expect([withTable, await page.evaluate(isTooWide), problems]).toEqual([false, false, []])
})
