import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { aBrowser } from '../support/browser.ts'
import { aChat, type ChatClient, type TestChat } from '../support/chat.ts'
import { aPicture } from '../support/files.ts'
import { aLine, type Line } from '../support/line.ts'
import { aProject, type Project } from './project.ts'
import { serveFolder } from './serve-folder.ts'

const axe = join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js')

let project: Project
let site: Awaited<ReturnType<typeof serveFolder>>
let chrome: { browser: Browser; close(): Promise<void> }
let chat: TestChat
let line: Line
let page: Page
beforeAll(async () => {
  project = await aProject({ from: 'clients/react/example', packages: ['client', 'react'] })
  await project.run('npm', 'run', 'build')
  site = await serveFolder(project.folder)
  chrome = await aBrowser()
})
afterAll(async () => {
  await chrome?.close()
  site?.close()
  await project?.remove()
})
beforeEach(async () => {
  chat = await aChat()
  line = await aLine(chat.node().url)
  page = await chrome.browser.newPage()
  page.setDefaultTimeout(20_000)
  await openShop()
})
afterEach(async () => {
  await page.close()
  await line.close()
  await chat.close()
})

async function openShop() {
  await page.goto(`${site.url}/index.html?service=${encodeURIComponent(line.url)}`)
  await page.getByRole('button', { name: 'Help' }).click()
}

const say = async (text: string) => {
  await page.getByLabel('Your message').fill(text)
  await page.keyboard.press('Enter')
}

interface AgentInIt {
  agent: ChatClient
  token: string
  sessionId: string
  answer(text: string): Promise<unknown>
}

/** Somebody of the team in the chat that was begun. */
async function anAgentInIt(): Promise<AgentInIt> {
  const { token } = await chat.agent('Bo')
  const sessions = async () => (await chat.call('GET', '/api/chat/sessions', { token })).body.sessions
  await expect.poll(sessions).toHaveLength(1)
  const [{ sessionId }] = await sessions()
  const agent = chat.connect(token)
  await agent.ask('agent_join', { sessionId })
  return { agent, token, sessionId, answer: (text) => agent.ask('send_message', chat.aMessage(sessionId, text)) }
}

/** What a list of messages shows, each as its side and text. */
const shown = () =>
  page
    .locator('.deskbridge-message')
    .evaluateAll((all) =>
      all.map((one) => [
        one.classList.contains('deskbridge-own') ? 'own' : 'theirs',
        one.querySelector('.deskbridge-bubble, .deskbridge-file')?.textContent,
      ]),
    )

it('is typed completely, without this repository or a skipped check', async () => {
  expect(await project.check()).toBe('')
})

it('renders on a server, where no chat is begun', async () => {
  const script = `import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { LiveChat } from '@deskbridge/react'
console.log(renderToString(createElement(LiveChat, { url: 'http://localhost:1', texts: { hello: 'Ask us' } })))`
  await writeFile(join(project.folder, 'server.js'), script)
  expect(await project.run(process.execPath, 'server.js')).toContain('Ask us')
})

it('holds a chat that outlives a reload', async () => {
  await say('Hello')
  const { agent, token, sessionId, answer } = await anAgentInIt()
  await agent.ask('typing', { sessionId, isTyping: true })
  await page.getByText('Bo is typing…').waitFor()
  await answer('Hello Ana')
  await expect.poll(shown).toEqual([
    ['own', 'Hello'],
    ['theirs', 'Hello Ana'],
  ])
  const { body } = await chat.call('GET', `/api/chat/sessions/${sessionId}/messages`, { token })
  await agent.ask('message_read', { sessionId, messageId: body.messages[0].id })
  await page.locator('[data-state=read]').waitFor()
  await openShop()
  await say('It is still me')
  await expect.poll(shown).toEqual([
    ['own', 'Hello'],
    ['theirs', 'Hello Ana'],
    ['own', 'It is still me'],
  ])
})

it('tells the page around it what was not read', async () => {
  await say('Hello')
  const { answer } = await anAgentInIt()
  await page.getByRole('button', { name: 'Help' }).click()
  await answer('Are you there?')
  await page.getByRole('button', { name: 'Help (1 new)' }).click()
  await page.getByText('Are you there?').first().waitFor()
  await page.getByRole('button', { name: 'Help', exact: true }).waitFor()
})

it('sends a picture', async () => {
  await say('Look')
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'boot.png', mimeType: 'image/png' },
    buffer: await aPicture('png'),
  })
  await page.getByRole('img', { name: 'boot.png' }).waitFor()
  const { sessionId } = await anAgentInIt()
  const types = async () =>
    (await chat.events(sessionId)).filter(({ type }) => type === 'message').map(({ body }) => Object(body).file?.name)
  await expect.poll(types).toEqual([undefined, 'boot.png'])
})

it('keeps what is written without a network, and sends it later', async () => {
  await say('Hello')
  await page.getByText('Sent').waitFor()
  line.cut()
  await say('In a tunnel')
  await page.getByText('Sending…').waitFor()
  line.mend()
  await expect.poll(() => page.locator('[data-state=sent]').count(), { timeout: 30_000 }).toBe(2)
})

it('can be rated and begun anew once it is over', async () => {
  await say('Hello')
  const { answer } = await anAgentInIt()
  await answer('Hello Ana')
  await page.getByRole('button', { name: 'End the chat' }).click()
  await page.getByRole('button', { name: '5 of 5' }).click()
  await page.getByText('Thank you.').waitFor()
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect.poll(shown).toEqual([])
})

it('has nothing that axe finds, in light and in dark', async () => {
  await say('Hello')
  const { answer } = await anAgentInIt()
  await answer('Hello Ana')
  await page.getByText('Hello Ana').first().waitFor()
  await page.evaluate(await readFile(axe, 'utf8'))
  const findings = () =>
    page.evaluate(async () => {
      const { violations } = await Reflect.get(window, 'axe').run('.deskbridge')
      return violations.map(({ id }: { id: string }) => id)
    })
  const light = await findings()
  await page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'dark'))
  expect({ light, dark: await findings() }).toEqual({ light: [], dark: [] })
})
