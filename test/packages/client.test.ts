import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../support/chat.ts'
import { aProject, type Project } from './project.ts'

let project: Project
let chat: TestChat
beforeAll(async () => {
  project = await aProject({ from: 'test/packages/script', packages: ['client'] })
  chat = await aChat()
})
afterAll(async () => {
  await chat?.close()
  await project?.remove()
})

const said = async (agent: string) => {
  const { body } = await chat.call('GET', '/api/chat/sessions', { token: agent })
  const [session] = body.sessions
  if (!session) return null
  const page = await chat.call('GET', `/api/chat/sessions/${session.sessionId}/messages`, { token: agent })
  const { senderType, content } = page.body.messages.at(-1) ?? {}
  return senderType === 'visitor' ? { sessionId: session.sessionId, content } : null
}

/** Answers what a visitor says next. */
async function answer(agent: string, content: string): Promise<void> {
  await expect.poll(() => said(agent), { interval: 100 }).toMatchObject({ content })
  const { sessionId } = (await said(agent)) ?? {}
  await chat.say(sessionId, agent, `You said: ${content}`)
}

async function answerBoth(): Promise<void> {
  const { token } = await chat.agent('Bo')
  await answer(token, 'Hello')
  await answer(token, 'Where is my parcel?')
}

it('is typed completely, without this repository, a DOM or a skipped check', async () => {
  expect(await project.check()).toBe('')
})

it('holds a chat in a plain script', async () => {
  const [shown] = await Promise.all([
    project.run(process.execPath, 'talk.js', chat.node().url, 'Hello', 'Where is my parcel?'),
    answerBoth(),
  ])
  expect(JSON.parse(shown)).toEqual([
    ['visitor', 'Hello'],
    ['agent', 'You said: Hello'],
    ['visitor', 'Where is my parcel?'],
    ['agent', 'You said: Where is my parcel?'],
  ])
})
