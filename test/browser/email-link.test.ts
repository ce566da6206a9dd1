import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildClients } from '../../clients/build.ts'
import { createResumeTokens } from '../../src/access/resume-tokens.ts'
import { SessionId } from '../../src/contract/ids.ts'
import { aBrowser } from '../support/browser.ts'
import { aTalk, secret } from '../support/chat.ts'

let browser: Browser
let talk: Awaited<ReturnType<typeof aTalk>>
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  const dist = join(import.meta.dirname, '..', '..', 'dist')
  if (!existsSync(join(dist, 'widget', 'frame.html'))) await buildClients(dist)
  talk = await aTalk()
  const started = await aBrowser()
  browser = started.browser
  closing.push(started.close, talk.chat.close)
})
afterAll(async () => {
  for (const close of closing) await close()
})

/** The page that an email's link opens, in a browser of its own. */
async function opened(sessionId: string, token: string) {
  const context = await browser.newContext()
  closing.unshift(() => context.close())
  const page = await context.newPage()
  await page.goto(`${talk.chat.node().url}/widget/frame?inbox=default&chat=${sessionId}#${token}`)
  return page
}

it('opens the chat on a page of its own, leaves no token in the address, and goes on after a reload', async () => {
  const { chat, answering } = talk
  const { sessionId, epoch } = await chat.session({ name: 'Ana', email: 'ana@example.com' })
  const session = SessionId.parse(sessionId)
  const visitor = (await chat.node().log.state(session))?.visitor.id
  if (!visitor) throw new Error('no visitor')
  await answering.ask('agent_join', { sessionId })
  await answering.ask('send_message', chat.aMessage(sessionId, 'Are you still there?'))
  const tokens = createResumeTokens({ secret }, 60_000, Date.now)
  const token = await tokens.sign({ visitor, session, epoch: epoch as never, address: 'ana@example.com' })

  const page = await opened(sessionId, token)
  await page.getByText('Are you still there?').waitFor()
  const address = new URL(page.url())
  await page.getByRole('textbox').fill('I am back')
  await page.getByRole('textbox').press('Enter')
  const texts = async () =>
    (await chat.events(sessionId)).flatMap(({ actor, body }) => ('content' in body ? [[actor.kind, body.content]] : []))
  await expect.poll(texts, { timeout: 15_000 }).toContainEqual(['visitor', 'I am back'])
  await page.reload()
  await page.getByText('I am back').waitFor()
  expect([address.hash, await page.getByRole('button', { name: 'Hide the chat' }).count()]).toEqual(['', 0])
})

it('says that a link is over, and takes a new chat', async () => {
  const page = await opened('ses_000000000000000000000000', 'nonsense')
  await page.getByText('This link is over').waitFor()
  await page.getByRole('textbox').fill('hello')
  await page.getByRole('textbox').press('Enter')
  await page.locator('[data-state="online"]').waitFor()
  expect(new URL(page.url()).hash).toBe('')
})
