import { expect, it } from 'vitest'
import { type Move, RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridgeFor } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

it('repairs a link to a thread that is gone by opening another', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.runRung()
  remote.goWrong((when, call) => {
    if (when === 'before' && String(call.body) === 'two' && remote.posts.length === 2) {
      throw new RemoteFailure({ kind: 'repair', remote: {} }, 'thread deleted')
    }
  })
  await chat.say('two')
  await chat.pass(1_000)
  expect(remote.posts.map((post) => [post.lines, post.thread])).toEqual([
    [['opened'], 'p000001'],
    [['one'], 'p000001'],
    [['opened'], 'p000003'],
    [['two'], 'p000003'],
  ])
})

/** Of a chat in its thread, the next call has to go on elsewhere; what goes on there may be made. */
async function moving(to: Move) {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.runRung()
  remote.goWrong((when, { body }) => {
    const isThere = remote.posts.at(-1)?.lines[0] === 'opened'
    if (when !== 'before' || String(body) !== 'two' || isThere) return
    throw new RemoteFailure({ kind: 'repair', ...to }, 'the thread is over')
  })
  return { remote, chat, thread: remote.posts[0]?.thread ?? '' }
}

it('reads a thread that is over to its end before it goes on in another', async () => {
  const { remote, chat, thread } = await moving({ remote: {}, readFirst: true })
  remote.write(thread, 'bo', 'the last answer')
  await chat.say('two')
  await chat.pass(10_000)
  expect([chat.posted, remote.shown(), (await chat.link())?.outbound.leaving]).toEqual([
    ['the last answer'],
    ['opened', 'one', 'opened', 'two'],
    false,
  ])
})

it('brings what people wrote last in a thread that is out of sight to the next one, where the rest goes', async () => {
  const { remote, chat, thread } = await moving({ remote: {}, readFirst: true, unseen: true })
  remote.write(thread, 'bo', 'the last answer')
  await chat.say('two')
  await chat.pass(10_000)
  expect([chat.posted, remote.shown()]).toEqual([
    ['the last answer'],
    ['opened', 'one', 'opened', 'two', 'the last answer'],
  ])
})

it('begins a message anew that was begun in a thread that is gone', async () => {
  const remote = aRemote({ parts: 2 })
  const chat = await aBridgeFor(remote)
  remote.goWrong((when, { part }) => {
    if (when !== 'before' || part !== 2 || remote.posts.length !== 2) return
    throw new RemoteFailure({ kind: 'repair', remote: {} }, 'the thread is gone')
  })
  await chat.say('one')
  await chat.pass(1_000)
  expect(remote.shown()).toEqual(['opened', 'one 1/2', 'opened', 'one 1/2', 'one 2/2'])
})

it('says what is owed in a thread once nothing is new, one after the other', async () => {
  const remote = aRemote({ owed: ['the story', 'the rest of it'] })
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.runRung()
  const { cursor, head, behind } = (await chat.link())?.outbound ?? {}
  expect([remote.shown(), cursor === head, behind]).toEqual([
    ['opened', 'one', 'the story', 'the rest of it'],
    true,
    false,
  ])
})

it('reads what was written in a thread before the chat came into it', async () => {
  const remote = aRemote()
  const chat = await aBridgeFor(remote)
  await chat.say('one')
  await chat.runRung()
  const elsewhere = remote.write('p999999', 'bo', 'an answer there')
  remote.goWrong((when, { body }) => {
    if (when === 'before' && String(body) === 'two' && remote.calls.length === 3)
      throw new RemoteFailure({ kind: 'repair', remote: { thread: elsewhere.thread } }, 'merged')
  })
  await chat.say('two')
  await chat.pass(1_000)
  expect([chat.posted, remote.posts.at(-1)]).toMatchObject([
    ['an answer there'],
    { thread: elsewhere.thread, lines: ['two'] },
  ])
})

it('leaves a thread to the chat that has it, and goes where it may go otherwise', async () => {
  const other = SessionId.parse(`ses_${'2'.repeat(24)}`)
  const { remote, chat } = await moving({ remote: { thread: 'p000003' }, otherwise: {} })
  await chat.begin(other, 'default', 'of another chat')
  await chat.runRung()
  await chat.say('two')
  await chat.pass(1_000)
  expect([(await chat.links.findOne({ session: other }))?.remote, remote.posts.slice(-2)]).toMatchObject([
    { thread: 'p000003' },
    [
      { lines: ['opened'], thread: 'p000005' },
      { lines: ['two'], thread: 'p000005' },
    ],
  ])
})
