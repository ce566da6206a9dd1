import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allowInSlack } from '../support/allow-in-slack.ts'
import { aConsole, type TestConsole } from '../support/console.ts'
import { json } from '../support/world.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole({ env: { SLACK_CLIENT_ID: 'sandbox-client', SLACK_CLIENT_SECRET: 'sandbox-secret' } })
})
afterAll(() => desk.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 100 })
const slackRevokes = (revoked: boolean) =>
  json(`${desk.world.slack.url}/sandbox/state`, { method: 'PUT', body: { revoked } })
const stateOf = (page: Page, name: string) => page.getByTestId(name).getAttribute('data-state')

/** A visitor who has written, and what the team sees of it in Slack. */
async function aChat(text: string) {
  const visitor = await desk.world.visitor()
  await visitor.send(text)
  return {
    id: visitor.sessionId,
    texts: async () => (await desk.world.thread(visitor.sessionId))?.replies.map((reply) => reply.text),
  }
}

it('pauses Slack with a reason, shows what waits, and brings it once Slack is resumed', async () => {
  const { page, problems } = await desk.open('/console/connectors')
  const slack = page.getByTestId('slack')
  await slack.getByTestId('pause').click()
  await page.getByTestId('reason').fill('The channel moves')
  await desk.shot(page, 'connectors-pause')
  await page.getByTestId('yes').click()
  await slack.getByText('“The channel moves”').waitFor()
  await page.getByTestId('note-slack').waitFor()
  const chat = await aChat('Where is my order?')
  await slack.getByText(/^1 chat with/).waitFor()
  await page.getByRole('table', { name: 'Chats' }).getByText(chat.id).waitFor()
  const during = await chat.texts()
  await desk.shot(page, 'connectors-paused')
  await slack.getByTestId('resume').click()
  await poll(chat.texts).toEqual(['Where is my order?'])
  await slack.getByText('Nothing waits').waitFor()
  await poll(() => page.getByTestId('note-slack').count()).toBe(0)
  await desk.shot(page, 'connectors-resumed')
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-test'))
  expect({ during, focused, problems }).toEqual({ during: undefined, focused: 'pause', problems: [] })
})

it('says why Slack is stopped and what to do, on each page, and goes on with a retry once that is mended', async () => {
  await slackRevokes(true)
  const chat = await aChat('Is anybody there?')
  const { page } = await desk.open('/console/connectors')
  const slack = page.getByTestId('slack')
  await poll(() => stateOf(page, 'slack')).toBe('stopped')
  await slack.getByTestId('said').getByText('token_revoked').waitFor()
  await page.getByRole('link', { name: 'Slack is stopped' }).waitFor()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByTestId('banner-slack').getByText('token_revoked').waitFor()
  await desk.shot(page, 'overview-stopped')
  await slackRevokes(false)
  await page.getByTestId('banner-slack').getByRole('link').click()
  await slack.getByTestId('retry').click()
  await poll(chat.texts).toEqual(['Is anybody there?'])
  await poll(() => stateOf(page, 'slack')).toBe('working')
})

it('adds a workspace of Slack by a link, and removes it after a question', async () => {
  const { page } = await desk.open('/console/connectors')
  await page.getByTestId('add-workspace').click()
  const link = await page.getByTestId('install-link').inputValue()
  await desk.shot(page, 'connectors-add-workspace')
  await fetch(await allowInSlack(link, { team: 'T0SECOND' }))
  await page.getByRole('button', { name: 'Done' }).click()
  const workspaces = page.getByRole('table', { name: 'Workspaces' })
  await workspaces.getByText('T0SECOND').waitFor()
  await workspaces.scrollIntoViewIfNeeded()
  await desk.shot(page, 'connectors-workspaces')
  await workspaces.getByRole('button', { name: /^Remove/ }).click()
  await page.getByTestId('yes').click()
  await page.getByText('No workspace was added').waitFor()
})

it('shows the queues with who takes from them, and the processes', async () => {
  const { page, problems } = await desk.open('/console/queues')
  await page.getByText('1 worker takes from them').waitFor()
  const rows = async (name: string) => (await page.getByRole('table', { name }).getByRole('rowheader').all()).length
  expect([await rows('Queues'), await rows('Processes'), problems]).toEqual([2, 1, []])
})

it('says what follows when Redis does not answer and no worker runs', async () => {
  const { page } = await desk.open('/console/queues')
  const away = { queues: [{ name: 'drains', state: 'away', next: 'Check REDIS_URL.' }], workers: 0 }
  await page.route('**/api/admin/queues', (route) => route.fulfill({ json: away }))
  const said = page.getByRole('status').filter({ hasText: 'Redis does not answer' })
  await said.getByText('Check REDIS_URL.').waitFor()
  await said.getByText('No worker runs').waitFor()
  await desk.shot(page, 'queues-away')
})

it('asks for nothing while nobody looks, and at once when somebody does again', async () => {
  const { page } = await desk.open('/console/queues')
  await page.clock.install()
  await page.reload()
  await page.getByText('1 worker takes from them').waitFor()
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/admin/queues')) asked += 1
  })
  const setHidden = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, isHidden)
  await setHidden(true)
  await page.clock.runFor(60_000)
  const whileHidden = asked
  await setHidden(false)
  await page.clock.runFor(10)
  await expect.poll(() => asked).toBe(1)
  expect(whileHidden).toBe(0)
})

it('says of each step of setting up how far it is and what to do, and looks again', async () => {
  const { page } = await desk.open('/console')
  await page
    .getByTestId('step-public_url')
    .getByText(/Set PUBLIC_URL/)
    .first()
    .waitFor()
  const states = await page.getByRole('listitem').locator('xpath=self::*[@data-state]').all()
  const shown = await Promise.all(
    states.map(async (step) => [await step.getAttribute('data-test'), await step.getAttribute('data-state')]),
  )
  const again = page.waitForResponse(/\/api\/admin\/setup$/)
  await page.getByTestId('look-again').click()
  expect((await again).status()).toBe(200)
  expect(shown).toEqual([
    ['step-public_url', 'todo'],
    ['step-team', 'done'],
    ['step-slack', 'failing'],
    ['step-zendesk', 'failing'],
    ['step-widget', 'todo'],
    ['step-mail', 'todo'],
  ])
})

it('shows an administrator of some inboxes the widget’s tag, and nothing of the installation', async () => {
  const { email } = await desk.anAccount('Bo Bell', 'admin', { inboxes: ['default'] })
  const { page } = await desk.open('/console', { as: email })
  await page.getByTestId('snippet').waitFor()
  expect(await page.getByRole('link', { name: 'Connectors' }).count()).toBe(0)
})

it('works on a telephone', async () => {
  const { page } = await desk.open('/console/connectors', { viewport: { width: 390, height: 780 } })
  await page.getByTestId('zendesk').waitFor()
  const isTooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  const tooWide = [await page.evaluate(isTooWide)]
  await desk.shot(page, 'connectors-telephone')
  await page.goto(`${desk.world.url}/console/queues`)
  await page.getByRole('table', { name: 'Processes' }).waitFor()
  tooWide.push(await page.evaluate(isTooWide))
  await desk.shot(page, 'queues-telephone')
  expect(tooWide).toEqual([false, false])
})

it('holds to WCAG, with one connector paused and the other stopped', async () => {
  await desk.api('POST', '/api/admin/connectors/zendesk/pause', { reason: 'The account is in trouble' })
  await slackRevokes(true)
  const chat = await aChat('Can you help me?')
  await desk.examine('/console/connectors', 'connectors', async (page) => {
    await poll(() => stateOf(page, 'slack')).toBe('stopped')
    await page.getByRole('table', { name: 'Chats' }).getByText(chat.id).waitFor()
    await page.getByText('No workspace was added').waitFor()
  })
  await desk.examine('/console/connectors', 'connectors-chats', async (page) => {
    await poll(() => stateOf(page, 'slack')).toBe('stopped')
    const chats = page.getByRole('table', { name: 'Chats' })
    await chats.getByRole('button', { name: `Retry ${chat.id}` }).scrollIntoViewIfNeeded()
  })
  await desk.examine('/console/queues', 'queues', (page) => page.getByRole('table', { name: 'Processes' }).waitFor())
  await desk.examine('/console', 'overview-setup', (page) => page.getByTestId('step-zendesk').waitFor())
  const viewport = { width: 390, height: 780 }
  const atTheEnd = (page: Page) => page.getByTestId('step-mail').scrollIntoViewIfNeeded()
  await desk.examine('/console', 'overview-tag', atTheEnd)
  await desk.examine('/console', 'overview-telephone', (page) => page.getByTestId('banner-zendesk').waitFor(), {
    viewport,
  })
})
