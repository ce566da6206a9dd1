import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildClients } from '../../clients/build.ts'
import { aBrowser, screenshotPath } from '../support/browser.ts'
import { aChat, adminKey, type TestChat } from '../support/chat.ts'

let browser: Browser
let chat: TestChat
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  const dist = join(import.meta.dirname, '..', '..', 'dist')
  if (!existsSync(join(dist, 'docs', 'page.html'))) await buildClients(dist)
  chat = await aChat()
  const started = await aBrowser()
  browser = started.browser
  closing.push(started.close, chat.close)
})
afterAll(async () => {
  for (const close of closing) await close()
})

/** The page, with every address that it asks and what the browser has against it. */
async function thePage() {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 1_000 } })
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => void asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => void complaints.push(error.message))
  await page.goto(`${chat.node().url}/api/docs`)
  return { page, asked, complaints }
}

it('shows the document, and starts a chat with an API key, asking nobody but this host', async () => {
  const wanted = { name: 'Shop', scopes: ['chats:write'] }
  const { key } = (await chat.call('POST', '/api/admin/keys', { token: adminKey, body: wanted })).body
  const { page, asked, complaints } = await thePage()
  await page.getByRole('button', { name: 'Authorize' }).click()
  const dialog = page.locator('.modal-ux')
  await dialog.getByRole('textbox').fill(key)
  await dialog.getByRole('button', { name: 'Apply credentials' }).click()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.locator('#operations-tag-chats').click()
  const operation = page.locator('#operations-chats-postApiChatSessions')
  await operation.getByRole('button').first().click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.locator('.examples-select-element').first().selectOption('by an API key')
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table .response')
  await answer.getByText('sessionId').first().waitFor()
  await answer.first().scrollIntoViewIfNeeded()
  await page.screenshot({ path: screenshotPath('api-docs') })
  const hosts = new Set(asked.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).origin))
  expect({ hosts: [...hosts], complaints, chats: await chat.written() }).toEqual({
    hosts: [chat.node().url],
    complaints: [],
    chats: 1,
  })
})
