import { afterEach, expect, it } from 'vitest'
import type { InboxItem } from '../../../src/bridge/port/arrival.ts'
import type { Budget } from '../../../src/bridge/port/call.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridge, aSession } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A chat whose first message stands in a thread at the remote. */
const arrange = async (looks?: Budget) => {
  const remote = aRemote(looks && { looks })
  const chat = await aBridge([remote])
  closing.push(chat.close)
  await chat.say('hello')
  await chat.runRung()
  return { remote, chat, thread: remote.posts[0]?.thread ?? '' }
}

it('takes in what people write, in the order of the remote, once', async () => {
  const { remote, chat, thread } = await arrange()
  const items = ['one', 'two', 'three'].map((text) => remote.write(thread, 'bo', text))
  await chat.bridge.arrivals.accept('slack', items.toReversed())
  await chat.bridge.arrivals.accept('slack', items)
  await chat.runRung()
  await chat.bridge.arrivals.accept('slack', items)
  await chat.runRung()
  expect(chat.posted).toEqual(['one', 'two', 'three'])
})

it('does not take its own posts for answers', async () => {
  const { remote, chat } = await arrange()
  const own = remote.posts.map(({ id, thread }) => ({ id, thread, order: id, raw: {} }))
  await chat.bridge.arrivals.accept('slack', own)
  await chat.runRung()
  expect(chat.posted).toEqual([])
})

it('keeps an answer to a root that is not yet known here until it is', async () => {
  const remote = aRemote()
  const chat = await aBridge([remote])
  closing.push(chat.close)
  await chat.bridge.arrivals.accept('slack', [remote.write('p000002', 'bo', 'quick answer')])
  await chat.say('hello')
  await chat.runRung()
  expect(chat.posted).toEqual(['quick answer'])
})

it('fetches what was never pushed when it is told to look, page by page', async () => {
  const { remote, chat, thread } = await arrange()
  const texts = Array.from({ length: 10 }, (_, index) => `answer ${index}`)
  for (const text of texts) remote.write(thread, 'bo', text)
  await chat.bridge.arrivals.look('slack', thread)
  await chat.runRung()
  expect(chat.posted).toEqual(texts)
})

it('fetches what was never pushed although something later was', async () => {
  const { remote, chat, thread } = await arrange()
  remote.write(thread, 'bo', 'lost')
  await chat.bridge.arrivals.accept('slack', [remote.write(thread, 'bo', 'pushed')])
  await chat.runRung()
  await chat.bridge.arrivals.look('slack', thread)
  await chat.runRung()
  expect(chat.posted).toEqual(['pushed', 'lost'])
})

it('compares what is pushed with the thread while reads are to spare, so that a late push changes no order', async () => {
  const { remote, chat, thread } = await arrange({ key: 'looks', limit: 20, windowMs: 60_000, burst: 2 })
  const [late, later, last] = ['late', 'later', 'last'].map((text) => remote.write(thread, 'bo', text))
  for (const one of [later, late, last]) {
    await chat.bridge.arrivals.accept('slack', one ? [one] : [])
    await chat.runRung()
  }
  expect(chat.posted).toEqual(['late', 'later', 'last'])
})

it('keeps what is pushed back a little until its thread may be read, so that a late push changes no order', async () => {
  const { remote, chat, thread } = await arrange({ key: 'looks', limit: 20, windowMs: 60_000, burst: 1 })
  const [first, late, later] = ['first', 'late', 'later'].map((text) => remote.write(thread, 'bo', text))
  await chat.bridge.arrivals.accept('slack', first ? [first] : [])
  await chat.runRung()
  for (const one of [later, late]) {
    await chat.bridge.arrivals.accept('slack', one ? [one] : [])
    await chat.pass(1_000)
  }
  await chat.pass(3_000)
  expect(chat.posted).toEqual(['first', 'late', 'later'])
})

it('keeps nothing back for longer when too many write for their threads to be read', async () => {
  const { remote, chat, thread } = await arrange({ key: 'looks', limit: 2, windowMs: 60_000, burst: 1 })
  const texts = Array.from({ length: 12 }, (_, index) => `answer ${index}`)
  for (const text of texts) {
    await chat.bridge.arrivals.accept('slack', [remote.write(thread, 'bo', text)])
    await chat.runRung()
  }
  expect(chat.posted).toEqual(texts)
})

it('goes on with a look where the remote made it wait', async () => {
  const { remote, chat, thread } = await arrange({ key: 'looks', limit: 2, windowMs: 60_000, burst: 1 })
  const texts = Array.from({ length: 7 }, (_, index) => `answer ${index}`)
  for (const text of texts) remote.write(thread, 'bo', text)
  await chat.bridge.arrivals.look('slack', thread)
  for (let reads = 0; reads < 3; reads += 1) {
    await chat.runRung()
    await chat.pass(61_000)
    await sweepBehindOf(chat)
  }
  expect(chat.posted).toEqual(texts)
})

it('looks at active threads after a downtime', async () => {
  const { remote, chat, thread } = await arrange()
  await chat.pass(1_000)
  remote.write(thread, 'bo', 'while you were away')
  await chat.bridge.lookAfterDowntime()
  await sweepBehindOf(chat)
  expect(chat.posted).toEqual(['while you were away'])
})

it('compares a thread with the remote again once something was brought there, however long it was quiet', async () => {
  const { remote, chat, thread } = await arrange()
  for (const days of [1, 1, 1]) {
    await chat.pass(days * 86_400_000)
    await sweepBehindOf(chat)
  }
  await chat.say('are you still there?')
  await chat.runRung()
  remote.write(thread, 'bo', 'an answer that nobody pushed')
  await chat.pass(600_000)
  await sweepBehindOf(chat)
  expect(chat.posted).toEqual(['an answer that nobody pushed'])
})

it('rings again for an arrival whose ring was lost', async () => {
  const { remote, chat, thread } = await arrange()
  await chat.bridge.arrivals.accept('slack', [remote.write(thread, 'bo', 'heard')])
  chat.rung.length = 0
  await chat.pass(10_000)
  await sweepBehindOf(chat)
  expect(chat.posted).toEqual(['heard'])
})

it('stops at an arrival that cannot be stored now and goes on from it later', async () => {
  const { remote, chat, thread } = await arrange()
  let broken = 2
  const understand = remote.connector.understand
  remote.connector.understand = (item) => {
    if ((broken -= 1) >= 0) throw new DeskbridgeError('unavailable')
    return understand(item)
  }
  const items = ['one', 'two'].map((text) => remote.write(thread, 'bo', text))
  await chat.bridge.arrivals.accept('slack', items)
  await chat.pass(60_000)
  expect(chat.posted).toEqual(['one', 'two'])
})

it('gives up on an arrival that nobody understands, and not on those after it', async () => {
  const { remote, chat, thread } = await arrange()
  const understand = remote.connector.understand
  remote.connector.understand = (item) => {
    if (item.id === 'p000003') throw new TypeError('what is this')
    return understand(item)
  }
  const items = ['strange', 'plain'].map((text) => remote.write(thread, 'bo', text))
  await chat.bridge.arrivals.accept('slack', items)
  await chat.pass(3_600_000)
  expect(chat.posted).toEqual(['plain'])
})

it('splits a text that is longer than a message may be', async () => {
  const { remote, chat, thread } = await arrange()
  const text = '🙂'.repeat(10_001)
  await chat.bridge.arrivals.accept('slack', [remote.write(thread, 'bo', text)])
  await chat.runRung()
  expect(chat.posted).toEqual(['🙂'.repeat(10_000), '🙂'])
})

async function sweepBehindOf(chat: Awaited<ReturnType<typeof aBridge>>) {
  const tasks: Record<string, () => Promise<unknown>> = {}
  chat.bridge.startSweeps((name, _every, task) => {
    tasks[name] = task
    return { stop: async () => {} }
  })
  await tasks['sweep-behind']?.()
  await chat.runRung()
}

it('is bound to one session', async () => {
  const { chat, thread } = await arrange()
  const link = await chat.links.findOne({ destination: 'slack', 'remote.thread': thread })
  expect(link?._id).toBe(`${aSession}:slack`)
})

/** What the remote pushes of a root that a worker made for a chat, and died before it could say so. */
const aRoot = (id: string, session = aSession): InboxItem => ({ id, thread: id, order: id, raw: {}, session })

it.each(['p000000', 'p000009'])('removes a second root of a chat, whichever is the older: %s', async (id) => {
  const { remote, chat, thread } = await arrange()
  await chat.bridge.arrivals.accept('slack', [aRoot(thread), aRoot(id)])
  await chat.runRung()
  expect([remote.removed, (await chat.link())?.remote]).toEqual([[id], { thread }])
})

it('removes a second root of which it was told before it knew the first', async () => {
  const remote = aRemote()
  const chat = await aBridge([remote])
  closing.push(chat.close)
  await chat.say('hello')
  await chat.bridge.arrivals.accept('slack', [aRoot('p000009')])
  await chat.runRung()
  await chat.pass(10_000)
  await sweepBehindOf(chat)
  expect(remote.removed).toEqual(['p000009'])
})

it('takes in what people write under a second root, before and after it is removed', async () => {
  const { remote, chat } = await arrange()
  await chat.bridge.arrivals.accept('slack', [remote.write('p000009', 'bo', 'early')])
  await chat.bridge.arrivals.accept('slack', [aRoot('p000009')])
  await chat.runRung()
  await chat.bridge.arrivals.accept('slack', [remote.write('p000009', 'bo', 'late')])
  await chat.runRung()
  expect([remote.removed, chat.posted]).toEqual([['p000009'], ['early', 'late']])
})

it('leaves the root of the next thread alone while the call that makes it is under way', async () => {
  const { remote, chat, thread } = await arrange()
  const inflight = { ...remote.calls[0], marker: 'm9', from: 2, to: 1 }
  await chat.links.updateOne({ _id: `${aSession}:slack` }, { $set: { 'outbound.inflight': inflight } })
  const post = { id: 'p000009', thread: 'p000009', marker: 'm9', author: 'bot', lines: ['opened'] }
  remote.posts.push(post)
  await chat.bridge.arrivals.accept('slack', [aRoot(post.id)])
  await chat.runRung()
  await chat.say('more')
  await chat.pass(120_000)
  expect([remote.removed, (await chat.link())?.remote, thread]).toEqual([[], { thread: post.id }, 'p000001'])
})

/** The chat goes on in another thread from here on. */
async function leaveThread({ remote, chat }: Awaited<ReturnType<typeof arrange>>) {
  let isLeft = false
  remote.goWrong((when) => {
    if (isLeft || when !== 'before') return
    isLeft = true
    throw new RemoteFailure({ kind: 'repair', remote: {} }, 'the thread is over')
  })
  await chat.say('more')
  await chat.runRung()
  return remote.posts.at(-1)?.thread
}

it('takes in what people write in a thread that the chat has left', async () => {
  const office = await arrange()
  const { remote, chat, thread } = office
  const now = await leaveThread(office)
  await chat.bridge.arrivals.accept('slack', [remote.write(thread, 'bo', 'in the old one')])
  await chat.runRung()
  expect([now === thread, chat.posted]).toEqual([false, ['in the old one']])
})

it('takes in what waited in a thread when the chat left it, by a sweep', async () => {
  const office = await arrange()
  const { remote, chat, thread } = office
  const item = remote.write(thread, 'bo', 'just before')
  await chat.inbox.insertOne({
    ...{ _id: `slack:${item.id}`, ...item, destination: 'slack', state: 'waiting', attempts: 0 },
    ...{ receivedAt: new Date(chat.now()), expireAt: new Date(chat.now() + 86_400_000) },
  })
  await leaveThread(office)
  await chat.pass(60_000)
  await sweepBehindOf(chat)
  await sweepBehindOf(chat)
  expect(chat.posted).toEqual(['just before'])
})

it('keeps nothing of a root that was made for another installation’s chat', async () => {
  const { remote, chat } = await arrange()
  await chat.bridge.arrivals.accept('slack', [aRoot('p000009', SessionId.parse(`ses_${'9'.repeat(24)}`))])
  await chat.runRung()
  expect([remote.removed, await chat.inbox.countDocuments({ thread: 'p000009' })]).toEqual([[], 0])
})
