import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDeskConsole, type DeskConsole, poll } from '../support/desk-console.ts'
import { aPdf, aPicture } from '../support/files.ts'

let desk: DeskConsole
let bo: { id: string; email: string }
let sue: { id: string; email: string }
beforeAll(async () => {
  desk = await aDeskConsole()
  bo = await desk.anAccount('Bo Bell', 'agent', { teams: ['billing'] })
  sue = await desk.anAccount('Sue Perry', 'supervisor', { capacity: 0 })
})
afterAll(() => desk.close())

it('shows a supervisor who has what, lets her read along unseen, and take over', async () => {
  const ana = await desk.visitor()
  await ana.write('Is anybody there?')
  const agent = await desk.open('/console/chats/queue', { as: bo.email })
  await agent.page.getByTestId('chat-row').click()
  await agent.page.getByTestId('take_chat').click()
  await agent.page.getByTestId('release_chat').waitFor()
  const { page } = await desk.open('/console/live', { as: sue.email })
  await page.getByTestId('live-agent').filter({ hasText: 'Bo Bell' }).getByTestId('live-chat').waitFor()
  await desk.shot(page, 'live')
  const before = await ana.page.locator('body').textContent()
  await page.getByTestId('live-chat').click()
  await page.getByTestId('quiet').waitFor()
  await ana.write('Hello?')
  await page.locator('.bubble', { hasText: 'Hello?' }).waitFor()
  const said = (await ana.page.locator('body').textContent())?.includes('Sue')
  await desk.shot(page, 'chats-quiet')
  await page.getByTestId('take-over').click()
  await poll(() => page.getByTestId('standing-of-chat').textContent()).toContain('With you')
  await poll(() => agent.page.getByTestId('standing-of-chat').textContent()).toContain('With Sue Perry')
  expect([before?.includes('Sue'), said]).toEqual([false, false])
})

it('hands a chat on with a note, to somebody who is there', async () => {
  const { sessionId } = await desk.waiting('Handed Hal', 'a question')
  const agent = await desk.open('/console/chats/mine', { as: bo.email })
  await poll(() => agent.page.getByTestId('own-status').inputValue()).toBe('online')
  const { page } = await desk.open(`/console/chats/queue/${sessionId}`, { as: sue.email })
  await page.getByTestId('take_chat').click()
  await page.getByTestId('release_chat').waitFor()
  await page.getByTestId('transfer').click()
  const choices = await page.getByTestId('transfer-to').locator('option').allTextContents()
  await page.getByTestId('transfer-note').fill('He is asking about an invoice')
  await page.getByTestId('transfer-do').click()
  await poll(() => desk.rows(agent.page)).toContain('Handed Hal')
  await poll(() => page.getByTestId('standing-of-chat').textContent()).toContain('With Bo Bell')
  expect(choices).toEqual([expect.stringContaining('Bo Bell, online'), 'Team billing'])
})

it('chooses the own status, which colleagues see', async () => {
  const { page } = await desk.open('/console/chats/mine', { as: bo.email })
  const live = await desk.open('/console/live', { as: sue.email })
  await page.getByTestId('own-status').selectOption('busy')
  const row = live.page.getByTestId('live-agent').filter({ hasText: 'Bo Bell' })
  await poll(() => row.locator('.badge').textContent()).toBe('busy')
  await page.getByTestId('own-status').selectOption('online')
  await poll(() => row.locator('.badge').textContent()).toBe('online')
})

it('chooses how many chats come at once, within what an administrator granted', async () => {
  const { page } = await desk.open('/console/chats/mine', { as: bo.email })
  const live = await desk.open('/console/live', { as: sue.email })
  await page.getByTestId('own-takes').selectOption('2')
  await page.reload()
  await poll(() => page.getByTestId('own-takes').inputValue()).toBe('2')
  const most = await page.getByTestId('own-takes').locator('option').last().textContent()
  await live.page.reload()
  const row = live.page.getByTestId('live-agent').filter({ hasText: 'Bo Bell' })
  await poll(() => row.locator('.number').textContent()).toMatch(/ of 2$/)
  await page.getByTestId('own-takes').selectOption('5')
  await poll(() => page.getByTestId('own-takes').inputValue()).toBe('5')
  expect(most).toBe('5')
})

it('works where no WebSocket gets through', async () => {
  const ana = await desk.waiting('Walled Wanda', 'does it get through?')
  const { page, context } = await desk.open('/healthz', { as: bo.email })
  await context.routeWebSocket(/socket\.io/, (socket) => socket.close())
  await page.goto(`${desk.world.url}/console/chats/queue`)
  await page.getByTestId('chat-row').filter({ hasText: 'Walled Wanda' }).click()
  await page.getByTestId('take_chat').click()
  await poll(() => page.getByTestId('standing-of-chat').textContent()).toContain('With you')
  await page.getByTestId('pane-input').fill('It does')
  await page.getByTestId('pane-input').press('Enter')
  await poll(() => page.getByTestId('pane-pending').count()).toBe(0)
  await ana.say('Wonderful')
  await page.locator('.bubble', { hasText: 'Wonderful' }).waitFor()
  await desk.waiting('Walled Walter', 'and I?')
  await poll(() => desk.rows(page)).toContain('Walled Walter')
})

it('sends files that are chosen, pasted and dropped, and shows what the visitor sent', async () => {
  const ana = await desk.waiting('Filing Fay', 'a file please')
  const { page } = await desk.open(`/console/chats/queue/${ana.sessionId}`, { as: sue.email })
  await page.getByTestId('take_chat').click()
  await page.getByTestId('release_chat').waitFor()
  const png = Buffer.from(await aPicture('png'))
  await page.getByTestId('pane-file').setInputFiles([
    { name: 'pot.png', mimeType: 'image/png', buffer: png },
    { name: 'terms.pdf', mimeType: 'application/pdf', buffer: Buffer.from(aPdf()) },
  ])
  await page.locator('.picture img[alt="pot.png"]').waitFor()
  await page.locator('.bubble.file', { hasText: 'terms.pdf' }).waitFor()
  const bytes = [...png]
  for (const [how, name] of [
    ['paste', 'pasted.png'],
    ['drop', 'dropped.png'],
  ] as const) {
    await page.evaluate(
      ({ bytes, how, name }) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
        const event =
          how === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
        document.querySelector(how === 'drop' ? '.messages' : '.composer textarea')?.dispatchEvent(event)
      },
      { bytes, how, name },
    )
    await page.locator(`.picture img[alt="${name}"]`).waitFor()
  }
  await page
    .getByTestId('pane-file')
    .setInputFiles([{ name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ not allowed') }])
  await page
    .getByTestId('pane-pending')
    .getByText(/Not sent/)
    .waitFor()
  await page.getByTestId('discard').click()
  await poll(() => page.getByTestId('pane-pending').count()).toBe(0)
})

it('shows the visitor with tags to change, the ticket and other chats to open', async () => {
  const about = {
    ...{ email: 'vera@example.com', page: 'https://shop.example/cart', referrer: 'https://news.example/pots' },
    ...{ timeZone: 'Asia/Tokyo', attributes: { plan: 'gold' } },
  }
  const first = await desk.world.api<{ sessionId: string; token: string }>('/api/chat/sessions', {
    method: 'POST',
    body: { name: 'Visited Vera', ...about },
  })
  const headers = { authorization: `Bearer ${first.token}` }
  const second = await desk.world.api<typeof first>('/api/chat/sessions', { method: 'POST', headers, body: about })
  // What is read once follows a chat that began by less than a second.
  const mine = () => desk.world.api<{ sessions: object[] }>('/api/chat/visitors/me/sessions', { headers })
  await poll(async () => (await mine()).sessions.length).toBe(2)
  const { page } = await desk.open(`/console/chats/all/${second.sessionId}`, { as: bo.email })
  const card = page.getByTestId('visitor-card')
  await card.getByText('gold').waitFor()
  const facts = await card.getByTestId('facts').locator('dt').allTextContents()
  await card.getByTestId('tag-input').fill('Big Order')
  await card.getByTestId('tag-input').press('Enter')
  await poll(() => card.getByTestId('tags').locator('li').allTextContents()).toEqual(['big-order'])
  await card.getByTestId('request-ticket').click()
  await card.getByTestId('ticket').waitFor()
  await desk.shot(page, 'chats-visitor')
  await card.getByRole('button', { name: 'Take away big-order' }).click()
  await poll(() => card.getByTestId('tags').locator('li').count()).toBe(0)
  await card.getByTestId('earlier').getByRole('link').click()
  await page.waitForURL(`**/console/chats/all/${first.sessionId}`)
  expect(facts).toEqual(['Email', 'Page', 'Came from', 'Local time', 'plan'])
})

it('keeps what was written while the line is down, and sends it when it is back', async () => {
  const ana = await desk.visitor()
  await ana.write('Are you there, after the tunnel?')
  const { page, context } = await desk.open('/console/chats/queue', { as: bo.email })
  await page.getByTestId('chat-row').filter({ hasText: 'tunnel' }).click()
  await page.getByTestId('take_chat').click()
  await page.getByTestId('release_chat').waitFor()
  await context.setOffline(true)
  await page.getByTestId('pane-input').fill('I am')
  await page.getByTestId('pane-input').press('Enter')
  await page.getByTestId('pane-pending').waitFor()
  await context.setOffline(false)
  await poll(ana.texts).toContain('I am')
  await poll(() => page.getByTestId('pane-pending').count()).toBe(0)
})
