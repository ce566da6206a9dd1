import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Inbox } from '../../src/contract/inbox.ts'
import { screenshotPath } from '../support/browser.ts'
import { aWidgetSite, deskbridge, examine, isWithin, type OpenedSite, type WidgetSite } from '../support/widget-site.ts'

const anywhere = { allowedOrigins: ['*'] }
const inboxes = [
  { key: 'default', name: 'Everyone', ...anywhere },
  {
    ...{ key: 'left', name: 'The shop', ...anywhere },
    look: { color: '#b4371f', position: 'left', launcherText: 'Ask us' },
  },
  {
    ...{ key: 'greets', name: 'The shop', ...anywhere },
    look: { color: '#ffd60a', proactiveAfter: 0 },
    greeting: 'Hello {{visitor.name|there}}! Looking for a pot?',
  },
  { key: 'elsewhere', name: 'Another site', allowedOrigins: ['https://elsewhere.example'] },
].map((inbox) => Inbox.parse(inbox))

let site: WidgetSite
beforeAll(async () => {
  site = await aWidgetSite({ config: { inboxes } })
})
afterAll(() => site.close())
afterEach(() => site.leave())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 20 })
const isOpen = ({ launcher }: OpenedSite) => launcher.getAttribute('aria-expanded')
const globals = ({ page }: OpenedSite) => page.evaluate(() => Object.getOwnPropertyNames(globalThis))

/** All that moved without having been asked to. */
const watchShifts = `
window.shifts = []
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift', buffered: true })
`

async function write({ frame }: OpenedSite, text: string) {
  await frame.getByTestId('widget-input').fill(text)
  await frame.getByTestId('widget-input').press('Enter')
  await frame.getByTestId('widget-message').getByText(text).waitFor()
}

it('costs a page one script and one small question, moves nothing in it, and adds one name', async () => {
  const plain = await site.open({ hasWidget: false })
  const opened = await site.open({ early: watchShifts })
  await opened.launcher.waitFor()
  const [before, after] = [await globals(plain), await globals(opened)]
  const shifts = await opened.page.evaluate(() => Object(globalThis).shifts)
  const of = (path: string) => path.startsWith('/widget') || path.startsWith('/api')
  expect([opened.requests.filter(of), after.filter((name) => !before.includes(name)), shifts, opened.problems]).toEqual(
    [['/widget/loader.js', '/api/chat/inboxes/default'], ['Deskbridge', 'shifts'], [], []],
  )
})

it('loads the chat, and shows nothing of it, once somebody comes near the button', async () => {
  const opened = await site.open()
  const { page, frame, launcher, problems } = opened
  await page.locator('#own').focus()
  await launcher.hover()
  await frame.getByTestId('widget-input').waitFor({ state: 'attached' })
  const shown = await page.locator('iframe').isVisible()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('own')
  await launcher.click()
  await poll(() => frame.getByTestId('widget-input').evaluate((input) => input === document.activeElement)).toBe(true)
  expect([shown, await isOpen(opened), problems]).toEqual([false, 'true', []])
})

it('opens and closes by keyboard alone under a strict policy, and gives the focus back', async () => {
  const opened = await site.open()
  const { page, frame, launcher, problems } = opened
  await launcher.waitFor()
  await page.locator('#own').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await poll(() => frame.getByTestId('widget-input').evaluate((input) => input === document.activeElement)).toBe(true)
  expect(await launcher.getAttribute('aria-label')).toBe('Close the chat')
  await page.screenshot({ path: screenshotPath('widget-open') })
  await page.keyboard.press('Escape')
  await poll(() => isOpen(opened)).toBe('false')
  const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)
  expect([focused, problems]).toEqual(['BUTTON', []])
})

it('gives the focus back to the site’s own button', async () => {
  const opened = await site.open({
    early: "addEventListener('click', ({ target }) => target.id === 'own' && Deskbridge('open'))",
  })
  const { page, frame } = opened
  await page.locator('#own').click()
  await frame.getByRole('button', { name: 'Hide the chat' }).click()
  await poll(() => isOpen(opened)).toBe('false')
  await poll(() => page.evaluate(() => document.activeElement?.id)).toBe('own')
})

it('does what was asked of it before it was there, and tells what happened', async () => {
  const early = `
window.heard = []
for (const event of ['open', 'close', 'session', 'message', 'unread']) Deskbridge('on', event, (detail) => heard.push([event, detail]))
Deskbridge('update', { name: 'Ana', email: 'ana@example.com', attributes: { plan: 'pro', wrong: { deep: 1 } } })
Deskbridge('open')`
  const opened = await site.open({ early })
  await write(opened, 'Hello')
  await deskbridge(opened.page, 'update', { name: 'Ana Bell' })
  await deskbridge(opened.page, 'close')
  await poll(() => isOpen(opened)).toBe('false')
  const heard = await opened.page.evaluate(() => Object(globalThis).heard)
  const sessionId = heard.find(
    ([event, detail]: [string, { sessionId: string }]) => event === 'session' && detail.sessionId,
  )?.[1].sessionId
  const visitor = async () => (await site.chat.node().log.state(sessionId))?.visitor
  await poll(visitor).toMatchObject({ name: 'Ana Bell', email: 'ana@example.com', attributes: { plan: 'pro' } })
  expect(heard).toEqual([
    ['open', undefined],
    ['session', { sessionId: null }],
    ['session', { sessionId }],
    ['message', { id: expect.any(String), sessionId, from: 'visitor', name: 'Ana', text: 'Hello' }],
    ['close', undefined],
  ])
})

it('shows how many messages are new while it is closed, on the next page as well, and none once it is open', async () => {
  const early =
    "window.heard = []; Deskbridge('on', 'unread', ({ count }) => heard.push(count)); Deskbridge('on', 'session', ({ sessionId }) => (window.session = sessionId))"
  const opened = await site.open({ early })
  const { page, launcher, frame } = opened
  await launcher.click()
  await write(opened, 'Is anybody there?')
  await page.keyboard.press('Escape')
  await poll(() => isOpen(opened)).toBe('false')
  const sessionId = await page.evaluate(() => Object(globalThis).session)
  const { token } = await site.chat.agent()
  const say = (text: string) => site.chat.say(sessionId, token, text)
  await say('Yes, we are.')
  await poll(() => launcher.getAttribute('aria-label')).toBe('Open the chat, 1 new message')
  await page.reload()
  await poll(() => launcher.getAttribute('aria-label')).toBe('Open the chat, 1 new message')
  await say('What is it about?')
  await poll(() => launcher.locator('i').textContent()).toBe('2')
  await page.screenshot({ path: screenshotPath('widget-badge') })
  await launcher.click()
  await frame.getByTestId('widget-message').getByText('What is it about?').waitFor()
  await poll(() => page.evaluate(() => Object(globalThis).heard)).toEqual([1, 2, 0])
  await page.keyboard.press('Escape')
  await poll(() => launcher.getAttribute('aria-label')).toBe('Open the chat')
  expect(await launcher.locator('i').isVisible()).toBe(false)
})

it('stands where the inbox says, in its colour, with its words', async () => {
  const { page, launcher } = await site.open({ inbox: 'left' })
  const box = await launcher.boundingBox()
  const colors = await launcher.evaluate((node) => [
    getComputedStyle(node).backgroundColor,
    getComputedStyle(node).color,
  ])
  await page.screenshot({ path: screenshotPath('widget-launcher-left') })
  expect([box?.x, await launcher.textContent(), await launcher.getAttribute('aria-label'), colors]).toEqual([
    20,
    'Ask us',
    'Ask us: Open the chat',
    ['rgb(180, 55, 31)', 'rgb(255, 255, 255)'],
  ])
})

it('greets beside the button until it is put away, and never again in that browser', async () => {
  const { page, launcher } = await site.open({ inbox: 'greets' })
  await page.getByRole('button', { name: 'Hello there! Looking for a pot?' }).waitFor()
  await page.screenshot({ path: screenshotPath('widget-greeting') })
  await page.reload()
  await page.getByRole('button', { name: 'Hide this message' }).click()
  await page.reload()
  await launcher.waitFor()
  await deskbridge(page, 'greet')
  await deskbridge(page, 'open')
  await deskbridge(page, 'close')
  expect(await page.getByText('Looking for a pot?').count()).toBe(0)
})

it('stands in its corner with its greeting on a page that is read from the right', async () => {
  const { page, launcher } = await site.open({ inbox: 'greets' })
  const bubble = page.locator('#deskbridge .g')
  await bubble.waitFor()
  await page.evaluate(() => void (document.documentElement.dir = 'rtl'))
  const ends = await Promise.all(
    [launcher, bubble].map(async (one) => {
      const { x = 0, width = 0 } = (await one.boundingBox()) ?? {}
      return Math.round(x + width)
    }),
  )
  const reads = await bubble.evaluate((one) => getComputedStyle(one).direction)
  expect([ends, reads]).toEqual([[1260, 1260], 'ltr'])
})

it('opens the chat from its greeting', async () => {
  const opened = await site.open({ inbox: 'greets' })
  await opened.page.getByRole('button', { name: 'Hello there! Looking for a pot?' }).click()
  await opened.frame.getByTestId('widget-input').waitFor()
  expect([await isOpen(opened), await opened.page.getByRole('button', { name: 'Hide this message' }).count()]).toEqual([
    'true',
    0,
  ])
})

it('is away while the site hides it, and opens all the same when it is asked to', async () => {
  const opened = await site.open({ early: "Deskbridge('hide')" })
  const { page, launcher, frame } = opened
  await launcher.waitFor({ state: 'attached' })
  const hidden = await launcher.isVisible()
  await deskbridge(page, 'open')
  await frame.getByTestId('widget-input').waitFor()
  await deskbridge(page, 'close')
  await deskbridge(page, 'show')
  await launcher.waitFor()
  expect(hidden).toBe(false)
})

it('leaves nothing of the visitor behind after a shutdown', async () => {
  const opened = await site.open({
    early: "Deskbridge('on', 'session', ({ sessionId }) => (window.session = sessionId))",
  })
  const { page, launcher, frame } = opened
  await launcher.click()
  await write(opened, 'My secret')
  await deskbridge(page, 'shutdown')
  await poll(() => page.evaluate(() => Object(globalThis).session)).toBe(null)
  await deskbridge(page, 'show')
  await launcher.click()
  await frame.getByText('How can we help?').waitFor()
  const kept = await page.evaluate(() => Object.keys(localStorage))
  expect([kept, await frame.getByText('My secret').count()]).toEqual([['deskbridge-greeted:default'], 0])
})

it('speaks Arabic from right to left, and another language when it is told to', async () => {
  const opened = await site.open({ data: { language: 'ar' } })
  const { page, launcher, frame } = opened
  await launcher.waitFor()
  const before = await launcher.getAttribute('aria-label')
  await launcher.click()
  await frame.getByText('كيف يمكننا المساعدة').waitFor()
  const spoken = () => frame.locator('html').evaluate((html) => ['lang', 'dir'].map((name) => html.getAttribute(name)))
  const arabic = await spoken()
  await page.screenshot({ path: screenshotPath('widget-arabic') })
  await deskbridge(page, 'language', 'de-AT')
  await frame.getByText('Wie können wir helfen?').waitFor()
  await poll(() => launcher.getAttribute('aria-label')).toBe('Chat schließen')
  expect([before, arabic, await spoken()]).toEqual(['فتح المحادثة', ['ar', 'rtl'], ['de-AT', 'ltr']])
})

it('speaks the browser’s language where the site names none', async () => {
  const { launcher } = await site.open({ locale: 'pt-BR' })
  await launcher.waitFor()
  expect(await launcher.getAttribute('aria-label')).toBe('Abrir o chat')
})

it('takes the whole of a phone, and leaves the page where it was', async () => {
  const opened = await site.open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true })
  const { page, launcher, frame } = opened
  await launcher.tap()
  await frame.getByText('How can we help?').waitFor()
  // It rises into its place.
  await poll(() => page.locator('#deskbridge iframe').boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 })
  const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflow)
  const open = [await overflow(), await isWithin(frame), await launcher.isVisible()]
  await page.screenshot({ path: screenshotPath('widget-phone') })
  await frame.getByRole('button', { name: 'Hide the chat' }).tap()
  await launcher.waitFor()
  expect([open, await overflow()]).toEqual([['hidden', true, false], 'visible'])
})

it('shows nothing on a site that the inbox does not allow', async () => {
  const { page } = await site.open({ inbox: 'elsewhere' })
  await page.waitForResponse(/api\/chat\/inboxes\/elsewhere/)
  await poll(() => page.evaluate(() => document.readyState)).toBe('complete')
  expect(await page.locator('#deskbridge').count()).toBe(0)
})

it('is there once, however often the tag is', async () => {
  const opened = await site.open()
  const { page, launcher } = opened
  await launcher.waitFor()
  await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const policy = Object(globalThis).trustedTypes.createPolicy('again', { createScriptURL: (url: string) => url })
        const script = document.createElement('script')
        script.src = policy.createScriptURL(src)
        script.onload = resolve
        document.head.append(script)
      }),
    `${site.chat.node().url}/widget/loader.js`,
  )
  await deskbridge(page, 'open')
  await poll(() => isOpen(opened)).toBe('true')
  expect(await page.locator('#deskbridge').count()).toBe(1)
})

it('heeds nothing that another window says', async () => {
  const opened = await site.open()
  await opened.launcher.click()
  await opened.frame.getByTestId('widget-input').waitFor()
  await opened.page.evaluate(() => postMessage({ deskbridge: 'hide' }, '*'))
  await deskbridge(opened.page, 'greet', 'A word')
  expect(await isOpen(opened)).toBe('true')
})

it('holds to WCAG, closed and open', async () => {
  await examine(site, 'closed', { inbox: 'left' }, ({ launcher }) => launcher.waitFor())
  await examine(site, 'greets', { inbox: 'greets' }, ({ page }) => page.getByText('Looking for a pot?').waitFor())
  await examine(site, 'hello', { inbox: 'default' }, async ({ launcher, frame }) => {
    await launcher.click()
    await frame.getByText('How can we help?').waitFor()
  })
})
