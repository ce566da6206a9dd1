import fc from 'fast-check'
import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import type { Brought, LinkView } from '../../../src/bridge/port/call.ts'
import { Post } from '../../../src/connectors/slack/posts/body.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import {
  aConnector,
  agent,
  aLink,
  aMessage,
  anEvent,
  aReply,
  aRoot,
  channel,
  marker,
  now,
  opened,
  posted,
  readOf,
  refused,
  rootTs,
  session,
  slackAnswers,
  started,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

/** A log, of which all but what comes after `cursor` stood in a thread that is gone. */
async function next(log: readonly LogEvent[], link: Partial<LinkView> = {}, brought: readonly Brought[] = []) {
  const view = aLink({ remote: {}, ...link })
  const events = log.filter(({ seq, origin }) => seq > view.cursor && origin !== 'slack')
  return aConnector().connector.next(view, events, readOf(log), async () => brought)
}

const bySlack = (seq: number, content: string) => {
  const actor = { kind: 'colleague', id: 'U1', name: 'Lin', system: 'slack' }
  return anEvent('message', seq, { messageType: 'text', content, internal: false }, { actor, origin: 'slack' })
}
const target = (of: LogEvent) => ({ message: of._id, messageSeq: of.seq, internal: false })
const edit = (seq: number, of: LogEvent, content: string) =>
  anEvent('message_edited', seq, { ...target(of), content }, { actor: of.actor })
const deletion = (seq: number, of: LogEvent) => anEvent('message_deleted', seq, target(of), { actor: of.actor })

const greeting = aMessage(2, 'Welcome', { actor: { kind: 'system', rule: 'greeting' } })
const hello = aMessage(3, 'Hello <!channel>')
const answer = bySlack(4, 'Hi')
const note = aMessage(5, 'a regular', { internal: true, actor: agent })
const wrong = aMessage(6, 'oops')
const log = [started, greeting, hello, answer, note, wrong, deletion(7, wrong), edit(8, hello, 'Hello all')]
const more = aMessage(9, 'Anybody there?')
const told = ['*Ana:* Hello all', '*Lin:* Hi', ':lock: *Grace (internal note):* a regular'].join('\n')

describe('a chat whose thread is gone', () => {
  it('gets a new root, which begins its story', async () => {
    const call = await next([...log, more], { cursor: 8 })
    expect(call).toMatchObject({ from: 9, to: 8, body: { kind: 'post', channel, tells: { upTo: 0, end: 8 } } })
  })

  it('gets it for whatever is to be said next, and not for what says nothing', async () => {
    const joined = anEvent('agent_joined', 9, {}, { actor: agent })
    const read = anEvent('message_read', 9, { upTo: 8 })
    const calls = [await next([...log, joined], { cursor: 8 }), await next([...log, read], { cursor: 8 })]
    expect(calls).toEqual([expect.objectContaining({ from: 9, to: 8 }), null])
  })

  it('has none to tell while nobody had written', async () => {
    const call = await next([started, greeting, aMessage(3, 'Hello')], { cursor: 2 })
    expect(Post.parse(call?.body).tells).toBe(undefined)
  })

  it('is told there as it is now, whoever said it, before what is new', async () => {
    const call = await next([...log, more], { cursor: 8, remote: { ...opened, story: '0/8' } })
    const text = `_The story so far:_\n${told}`
    const body = { kind: 'post', channel, session, thread_ts: rootTs, text, tells: { upTo: 8, end: 8 } }
    expect(call).toMatchObject({ from: 9, to: 8, lane: 'normal', body })
  })

  it('goes on once all of it is told', async () => {
    const call = await next([...log, more], { cursor: 8, remote: opened })
    expect(call).toMatchObject({ from: 9, to: 9, body: { text: 'Anybody there?' } })
  })

  it('tells of a long chat its end, and shortens what is long', async () => {
    const long = [started, ...Array.from({ length: 300 }, (_, index) => aMessage(index + 2, 'x'.repeat(700)))]
    const root = await next([...long, aMessage(302, 'new')], { cursor: 301 })
    const call = await next([...long, aMessage(302, 'new')], {
      cursor: 301,
      remote: { ...opened, story: '101/301' },
    })
    const lines = Post.parse(call?.body).text.split('\n')
    expect([Post.parse(root?.body).tells, lines.length, lines[0], lines[1]]).toEqual([
      { upTo: 101, end: 301 },
      7,
      '_The end of the story so far; the whole is in the console:_',
      `*Ana:* ${'x'.repeat(600)} …`,
    ])
  })

  it('says nothing of what was erased, and goes on', async () => {
    const gone = log.map((event) => (event.type === 'message' ? { ...event, erased: true as const } : event))
    const call = await next([...gone, more], { cursor: 8, remote: { ...opened, story: '0/8' } })
    expect(call).toMatchObject({ from: 9, to: 9 })
  })
})

describe('a chat whose inbox has another channel now', () => {
  const channels = { default: { channel: 'C0OTHER01' } }
  const view = (remote: Record<string, string>) => aLink({ inbox: 'default', cursor: 8, remote })
  const nextOf = (remote: Record<string, string>, events: LogEvent[] = []) =>
    aConnector({ channels }).connector.next(view(remote), events, readOf([...log, ...events]), async () => [])

  it('says in its thread where it goes on, also when nothing is new', async () => {
    const text = '_This chat goes on in <#C0OTHER01>._'
    const body = { kind: 'post', channel, session, thread_ts: rootTs, text, leaves: 'C0OTHER01' }
    const owes = await aConnector({ channels }).connector.owes?.(view(opened))
    expect([owes, await nextOf(opened)]).toMatchObject([true, { from: 9, to: 8, place: channel, body }])
  })

  it('then goes there, with its story', async () => {
    const call = await nextOf({ ...opened, leaves: 'C0OTHER01' }, [more])
    const body = { channel: 'C0OTHER01', movedAt: now, tells: { upTo: 0, end: 8 } }
    expect(call).toMatchObject({ from: 9, to: 8, place: 'C0OTHER01', body })
  })

  it('stays where it came to a moment ago, whatever another process has heard', async () => {
    const owes = (movedAt: number) =>
      aConnector({ channels }).connector.owes?.(view({ ...opened, movedAt: String(movedAt) }))
    expect([await owes(now - 599_000), await owes(now - 601_000)]).toEqual([false, true])
  })

  it.each([
    [
      'while its channel is one of its inbox’s',
      { default: { channel: 'C0OTHER01', routes: [{ channel, hours: 'open' as const }] } },
    ],
    ['while its inbox names none', { default: {} }],
    ['when its inbox is gone', {}],
  ])('stays where it is %s', async (_name, named) => {
    expect(await aConnector({ channels: named }).connector.owes?.(view(opened))).toBe(false)
  })

  it('goes there also when nothing can be said in its thread any more', async () => {
    slackAnswers(['auth.test', { ok: true, team_id: 'T1' }], ['chat.postMessage', refused('is_archived')])
    const body = { channel, session, thread_ts: rootTs, text: 'It goes on', leaves: 'C0OTHER01' }
    const receipt = await aConnector().connector.perform(aReply({ from: 9, to: 8, body }), aLink())
    expect(receipt).toEqual({ remote: { ...opened, leaves: 'C0OTHER01' }, remoteIds: [] })
  })
})

describe('what stands only in the story', () => {
  const elsewhere: Brought = { remoteId: `${channel}:1`, thread: `${channel}:0`, marker, from: 3, to: 3, part: 1 }

  it.each([
    ['an edit', edit(9, hello, 'Bye'), '_Edited:_ Bye _(edited)_'],
    ['a deletion', deletion(9, hello), '_A message above was deleted._'],
  ])('is changed by a new post: %s', async (_name, event, text) => {
    const call = await next([...log, event], { cursor: 8, remote: opened }, [elsewhere])
    expect(call).toMatchObject({ from: 9, to: 9, body: { kind: 'post', thread_ts: rootTs, text } })
  })
})

describe('the link remembers how far the story is told', () => {
  const made = async (body: object, remote: Record<string, string>) => {
    slackAnswers(['auth.test', { ok: true, team_id: 'T1' }], ['chat.postMessage', posted(rootTs)])
    const call = aReply({ from: 9, to: 8, body: { channel, session, text: 'told', ...body } })
    return (await aConnector().connector.perform(call, aLink({ remote, cursor: 8 }))).remote
  }

  it('from its root on', async () => {
    expect(await made({ tells: { upTo: 0, end: 8 } }, {})).toEqual({ ...opened, story: '0/8' })
  })

  it('with each post', async () => {
    const remote = { ...opened, says: 'so', story: '0/8' }
    expect(await made({ thread_ts: rootTs, tells: { upTo: 5, end: 8 } }, remote)).toEqual({ ...remote, story: '5/8' })
  })

  it('until all of it is', async () => {
    const remote = { ...opened, says: 'so', story: '5/8' }
    expect(await made({ thread_ts: rootTs, tells: { upTo: 8, end: 8 } }, remote)).toEqual({ ...opened, says: 'so' })
  })

  it('also past what Slack does not take, which must not hold up what is new', async () => {
    slackAnswers(['auth.test', { ok: true, team_id: 'T1' }], ['chat.postMessage', refused('msg_too_long')])
    const body = { channel, session, thread_ts: rootTs, text: 'told', tells: { upTo: 5, end: 8 } }
    const link = aLink({ remote: { ...opened, story: '0/8' }, cursor: 8 })
    const receipt = await aConnector().connector.perform(aReply({ from: 9, to: 8, body }), link)
    expect(receipt).toEqual({ remote: { ...opened, story: '5/8' }, remoteIds: [] })
  })

  it('and a root that is refused opens no thread', async () => {
    slackAnswers(['auth.test', { ok: true, team_id: 'T1' }], ['chat.postMessage', refused('msg_too_long')])
    const root = { ...aRoot(), body: { channel, session, text: 'Chat', tells: { upTo: 0, end: 8 } } }
    await expect(aConnector().connector.perform(root, aLink({ remote: {} }))).rejects.toMatchObject({
      failure: { kind: 'refused' },
    })
  })
})

it('tells every message once and in order, in posts that Slack takes, however long they are', async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 60 })
  const property = fc.asyncProperty(lengths, async (sizes) => {
    const whole = [started, ...sizes.map((size, index) => aMessage(index + 2, `<${index}>${'&'.repeat(size)}`))]
    const end = whole.length
    const page = [...whole, aMessage(end + 1, 'new')]
    const texts: string[] = []
    for (let story: string | undefined = `0/${end}`; story !== undefined; ) {
      const call = await next(page, { cursor: end, remote: { ...opened, story } })
      const { text, tells } = Post.parse(call?.body)
      texts.push(text)
      if (!tells) throw new Error('the story is told no further')
      story = tells.upTo < tells.end ? `${tells.upTo}/${tells.end}` : undefined
    }
    const seen = texts.join('\n').match(/&lt;\d+&gt;/g)
    expect(seen).toEqual(sizes.map((_, index) => `&lt;${index}&gt;`))
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(4_000)
  })
  await fc.assert(property, { numRuns: 50 })
})
