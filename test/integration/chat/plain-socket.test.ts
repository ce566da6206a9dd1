import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

const root = join(import.meta.dirname, '..', '..', '..')

let chat: TestChat
const sockets: Socket[] = []
beforeEach(async () => {
  chat = await aChat()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close()
  await chat.close()
})

/** Nothing but the library and a token: what whoever writes a client of their own has. */
function connect(token: string) {
  const socket = io(chat.node().url, { auth: { token }, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  return {
    socket,
    ask: (event: string, payload: object) => socket.timeout(10_000).emitWithAck(event, payload),
    next: (event: string) => new Promise<Record<string, unknown>>((resolve) => socket.once(event, resolve)),
  }
}

const blockOf = (guide: string, kind: string) =>
  new RegExp(`^\`\`\`${kind}\\n([^\`]*(?:\`[^\`]+)*?)^\`\`\`$`, 'm').exec(guide)?.[1] ?? ''

it('runs as the guide says', async () => {
  const guide = await readFile(join(root, 'docs', 'socket.md'), 'utf8')
  const folder = await mkdtemp(join(tmpdir(), 'socket-guide-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'chat.mjs'), blockOf(guide, 'js'))
  const env = { PATH: process.env.PATH ?? '', DESKBRIDGE: chat.node().url, DESKBRIDGE_ADMIN_KEY: adminKey }
  const { stdout } = await promisify(execFile)(process.execPath, ['chat.mjs'], { cwd: folder, env, timeout: 60_000 })
  await rm(folder, { recursive: true })
  expect(stdout).toBe(blockOf(guide, 'text'))
})

it('changes, takes back, ends and reopens a chat with plain events', async () => {
  const { sessionId, token } = await chat.session()
  const bo = await chat.agent('Bo')
  const [visitor, agent] = [connect(token), connect(bo.token)]
  const early = await visitor.ask('send_message', { sessionId, content: 'too early', clientMessageId: 'too-early' })
  await visitor.ask('join_chat', { sessionId })
  await agent.ask('agent_join', { sessionId })
  const message = { sessionId, content: 'hello', clientMessageId: 'hello-001' }
  const first = await visitor.ask('send_message', message)
  const again = await visitor.ask('send_message', message)
  const updated = agent.next('message_updated')
  await visitor.ask('edit_message', { sessionId, messageId: first.id, content: 'hello there' })
  const deleted = agent.next('message_deleted')
  await visitor.ask('delete_message', { sessionId, messageId: first.id })
  await visitor.ask('close_chat', { sessionId })
  const rated = await visitor.ask('rate_chat', { sessionId, score: 4 })
  const reopened = agent.next('new_message')
  await visitor.ask('send_message', { sessionId, content: 'one more', clientMessageId: 'hello-002' })
  const info = await chat.call('GET', `/api/chat/sessions/${sessionId}`, { token })
  expect({
    early: early.error.code,
    isSame: again.id === first.id,
    updated: (await updated).content,
    deleted: (await deleted).messageId === first.id,
    rated: rated.ok,
    reopened: (await reopened).content,
    status: info.body.status,
  }).toEqual({
    ...{ early: 'not_joined', isSame: true, updated: 'hello there', deleted: true, rated: true },
    ...{ reopened: 'one more', status: 'queued' },
  })
})

it('goes on from a position, and tells by `prev` that nothing was missed', async () => {
  const { sessionId, token } = await chat.session()
  const bo = await chat.agent('Bo')
  const first = connect(token)
  const { seq, epoch } = await first.ask('join_chat', { sessionId })
  first.socket.close()
  for (const text of ['one', 'two', 'three']) await chat.say(sessionId, bo.token, text)
  const second = connect(token)
  const frames: unknown[][] = []
  second.socket.on('new_message', (data) => frames.push([data.prev, data.seq, data.content]))
  await second.ask('join_chat', { sessionId, afterSeq: seq, epoch })
  await expect.poll(() => frames.length, { timeout: 10_000, interval: 10 }).toBe(3)
  expect(frames).toEqual([
    [1, 2, 'one'],
    [2, 3, 'two'],
    [3, 4, 'three'],
  ])
})

it('is refused at the handshake without a token that counts', async () => {
  const { socket } = connect('nonsense')
  const error = await new Promise<Error & { data?: { code: string } }>((resolve) =>
    socket.once('connect_error', resolve),
  )
  expect(error.data?.code).toBe('unauthorized')
})
