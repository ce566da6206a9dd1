import { describe, expect, it } from 'vitest'
import type { LinkView } from '../../../src/bridge/port/call.ts'
import type { Connector } from '../../../src/bridge/port/connector.ts'
import { Post } from '../../../src/connectors/slack/posts/body.ts'
import { escapeText } from '../../../src/connectors/slack/words/text.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import {
  aConnector,
  agent,
  aLink,
  aMessage,
  anEvent,
  channel,
  now,
  readOf,
  rootTs,
  session,
  started,
} from './arrange.ts'

/** With what lies before these events. */
const nextOf = (connector: Connector, link: LinkView, events: readonly LogEvent[], before = [started]) =>
  connector.next(link, events, readOf([...before, ...events]), async () => [])
const next = (events: readonly LogEvent[], link: Partial<LinkView> = {}) =>
  nextOf(aConnector().connector, aLink(link), events)
const budgets = [{ key: `slack:posts:${channel}`, limit: 60, windowMs: 60_000, burst: 3 }]
const visitor = { name: 'Ana', icon: ':bust_in_silhouette:' }
const reply = { kind: 'post', channel, session, thread_ts: rootTs }
const once = { part: 1, parts: 1, place: channel, lane: 'urgent', budgets } as const

describe('a chat without a thread', () => {
  it('opens one that says who writes and where from, and covers no message yet', async () => {
    const text = [
      '*Chat with Ana &lt;!channel&gt;*',
      'Email (as they say): ana@example.com',
      'Page: https://shop.example/cart?a=1&amp;b=2',
      'Inbox: default',
      `Chat: <https://desk.example/console/chats/${session}|${session}>`,
    ].join('\n')
    const says = expect.any(String)
    const call = await next([anEvent('agent_joined', 2), aMessage(3, 'Hello')], { remote: {} })
    expect(call).toEqual({
      ...once,
      lane: 'normal',
      from: 2,
      to: 1,
      body: { kind: 'post', channel, session, text, says },
    })
  })

  it('tells what is proven of a visitor from what they say', async () => {
    const visitor = {
      id: 'vis_000000000000000000000001',
      email: 'ana@example.com',
      verified: true,
      externalId: 'customer-7',
      proven: ['email'],
    }
    const startedBy = anEvent('session_started', 1, { epoch: 'epoch0001', inbox: 'default', channel: 'web', visitor })
    const call = await nextOf(aConnector().connector, aLink({ remote: {} }), [aMessage(2, 'Hello')], [startedBy])
    expect(Post.parse(call?.body).text.split('\n').slice(1, 3)).toEqual([
      'Email (verified): ana@example.com',
      'Customer (verified): customer-7',
    ])
  })

  it('opens it in the channel of its inbox', async () => {
    const channels = { default: { channel: 'C0SHOP0001' } }
    const { connector } = aConnector({ channels })
    const call = await nextOf(connector, aLink({ remote: {} }), [aMessage(2, 'Hello')])
    expect([Post.parse(call?.body).channel, call?.budgets.map(({ key }) => key)]).toEqual([
      'C0SHOP0001',
      ['slack:posts:C0SHOP0001'],
    ])
  })

  it('opens it where a rule takes it, by what is known of the chat by then', async () => {
    const routes = [
      { channel: 'C0VIP', tags: ['vip'], languages: ['pt'] },
      { channel: 'C0NIGHT', hours: 'outside' as const },
    ]
    const { connector } = aConnector({ channels: { default: { channel: 'C0SHOP0001', routes } } })
    const visitor = { id: 'vis_000000000000000000000001', locale: 'pt-BR' }
    const begun = (offline: boolean) =>
      anEvent('session_started', 1, { epoch: 'epoch0001', inbox: 'default', channel: 'web', visitor, offline })
    const openedIn = async (offline: boolean, tags: string[]) => {
      const page = [anEvent('tags_changed', 2, { tags }), aMessage(3, 'Hello')]
      return (await nextOf(connector, aLink({ remote: {} }), page, [begun(offline)]))?.place
    }
    const places = [openedIn(false, ['vip']), openedIn(true, []), openedIn(false, ['other'])]
    expect(await Promise.all(places)).toEqual(['C0VIP', 'C0NIGHT', 'C0SHOP0001'])
  })

  it('opens it for a bot, under a name that shows what it is', async () => {
    const bot = { kind: 'bot', id: `key_${'3'.repeat(24)}`, name: 'Parcels' }
    const welcome = aMessage(2, 'Welcome', { actor: bot })
    const root = await next([welcome], { remote: {} })
    const post = await next([welcome])
    expect([Post.parse(root?.body).text.includes('*Chat with Ana'), Post.parse(post?.body)]).toMatchObject([
      true,
      { text: 'Welcome', author: { name: 'Parcels (bot)', icon: ':robot_face:' } },
    ])
  })

  it('leaves to a post of its own what a bot says under another name', async () => {
    const bot = { kind: 'bot', id: `key_${'3'.repeat(24)}`, name: 'Parcels' }
    const page = [aMessage(2, 'Sent', { actor: bot }), aMessage(3, 'Paid', { actor: { ...bot, name: 'Bills' } })]
    expect(await next(page)).toMatchObject({ from: 2, to: 2, body: { text: 'Sent' } })
  })

  it('names the visitor in the root of a chat that another system began', async () => {
    const begun = anEvent('session_started', 1, Object(started.body), { actor: { kind: 'admin', id: 'key_1' } })
    const call = await nextOf(aConnector().connector, aLink({ remote: {} }), [aMessage(2, 'Hello')], [begun])
    expect(Post.parse(call?.body).text).toMatch(/^\*Chat with Ana/)
  })

  it('opens none for what we say by ourselves', async () => {
    const greeting = aMessage(2, 'Welcome', { actor: { kind: 'system', rule: 'greeting' } })
    expect(await next([greeting], { remote: {} })).toBeNull()
  })

  it('tells in its root what we had said before anybody wrote', async () => {
    const greeting = aMessage(2, 'Welcome', { actor: { kind: 'system', rule: 'greeting' } })
    const link = aLink({ remote: {}, cursor: 2 })
    const call = await nextOf(aConnector().connector, link, [aMessage(3, 'Hello')], [started, greeting])
    expect(Post.parse(call?.body).text).toContain('Said by itself: Welcome')
  })

  it('opens none while nobody has written', async () => {
    expect(await next([anEvent('agent_joined', 2), closed(3)], { remote: {} })).toBeNull()
  })
})

const closed = (seq: number) => anEvent('session_closed', seq, { resolution: 'res_1', reason: 'visitor' })

describe('a chat with a thread', () => {
  it('joins what one author says in a row', async () => {
    const events = [
      aMessage(2, 'a < b'),
      anEvent('message_read', 3, { upTo: 2 }),
      aMessage(4, 'c'),
      aMessage(5, 'd', { actor: agent }),
    ]
    expect(await next(events)).toEqual({
      ...once,
      asOf: 5,
      from: 2,
      to: 4,
      body: { ...reply, author: visitor, text: 'a &lt; b\nc' },
    })
  })

  it('joins no more than one post takes', async () => {
    const long = 'x'.repeat(2_000)
    expect(await next([aMessage(2, long), aMessage(3, long)])).toMatchObject({ from: 2, to: 2 })
  })

  it('marks an internal note and keeps it apart', async () => {
    const events = [aMessage(2, 'between us', { internal: true, actor: agent }), aMessage(3, 'hi', { actor: agent })]
    const body = {
      ...reply,
      author: { name: 'Grace', icon: ':headphones:' },
      text: ':lock: *Internal note*\nbetween us',
    }
    expect(await next(events)).toEqual({ ...once, asOf: 3, from: 2, to: 2, body })
  })

  it('brings a file that is too large for Slack as its caption, name, size and link, beside what else its sender said', async () => {
    const file = { id: `fil_${'0'.repeat(24)}`, name: 'a<b>.png', type: 'image/png', size: 21_000_000 }
    const events = [
      aMessage(2, 'Look'),
      anEvent('message', 3, { messageType: 'image', content: '', internal: false, file }),
    ]
    const text = `Look\na&lt;b&gt;.png (21 MB): https://files.example/${file.id}?exp=1&amp;sig=s`
    expect(await next(events)).toEqual({ ...once, asOf: 3, from: 2, to: 3, body: { ...reply, author: visitor, text } })
  })

  it('tells in one line who came and who closed', async () => {
    const events = [anEvent('agent_joined', 2, {}, { actor: agent }), closed(3)]
    const author = { name: 'Deskbridge', icon: ':speech_balloon:' }
    const text = '_Grace joined the chat._\n_Ana closed the chat._'
    expect(await next(events)).toEqual({ ...once, asOf: 3, from: 2, to: 3, body: { ...reply, author, text } })
  })

  it('tells who took the chat, and to whom it was given', async () => {
    const assigned = (seq: number, name: string, id: string) =>
      anEvent('assigned', seq, { agent: { id, name }, reason: 'taken' }, { actor: agent })
    const events = [assigned(2, agent.name, agent.id), assigned(3, 'Bo', `agt_${'2'.repeat(24)}`)]
    const text = '_Grace took the chat._\n_Grace gave the chat to Bo._'
    expect(await next(events)).toMatchObject({ body: { text } })
  })

  it('has nothing to bring of what nobody would see', async () => {
    expect(await next([anEvent('message_read', 2, { upTo: 1 })])).toBeNull()
  })

  it('says that a message holds white space alone, which Slack would refuse', async () => {
    expect(await next([aMessage(2, ' \n ')])).toMatchObject({ body: { text: '(blank)' } })
  })

  it('brings a message of 10,000 code points in parts that join to the whole', async () => {
    const content = '&😀 words '.repeat(1_111)
    const texts: string[] = []
    let parts = 1
    for (let done = 0; done < parts; done += 1) {
      const call = await next([aMessage(2, content), aMessage(3, 'later')], { partsDone: done })
      expect(call).toMatchObject({ from: 2, to: 2, part: done + 1 })
      parts = call?.parts ?? 0
      texts.push(Post.parse(call?.body).text)
    }
    expect({ whole: texts.join(''), longest: Math.max(...texts.map((text) => text.length)) <= 4_000 }).toEqual({
      whole: escapeText(content),
      longest: true,
    })
  })

  it('leaves room for the heading of a note', async () => {
    const call = await next([aMessage(2, 'x'.repeat(4_000), { internal: true })])
    expect([call?.parts, Post.parse(call?.body).text.length]).toEqual([2, 4_000])
  })

  it('forms the same call from the same events', async () => {
    const events = [aMessage(2, 'a'), aMessage(3, 'b')]
    expect(await next(events)).toEqual(await next(events))
  })
})

const alerted = (seq: number, mention?: string) =>
  anEvent(
    'alerted',
    seq,
    { waitingSince: new Date(now - 300_000), rule: 300_000, nth: 1, ...(mention && { mention }) },
    { actor: { kind: 'system', rule: 'alert' } },
  )

describe('an alert', () => {
  it.each([
    [undefined, ''],
    ['here', '<!here> '],
    ['channel', '<!channel> '],
    ['U0GRACE', '<@U0GRACE> '],
    ['S0LEADS', '<!subteam^S0LEADS> '],
  ])('mentions %s and stands by itself in the channel as well', async (mention, called) => {
    const author = { name: 'Deskbridge', icon: ':speech_balloon:' }
    const text = `${called}:alarm_clock: *Nobody has answered here for 5 minutes.*`
    expect(await next([alerted(2, mention), anEvent('agent_joined', 3, {}, { actor: agent })])).toEqual({
      ...once,
      asOf: 3,
      from: 2,
      to: 2,
      body: { ...reply, author, text, broadcast: true },
    })
  })

  it('calls nobody once somebody has answered, or the next one is due', async () => {
    const answer = aMessage(4, 'Hi', { actor: agent })
    expect(await next([alerted(2, 'here'), alerted(3, 'here'), answer])).toMatchObject({ from: 4, to: 4 })
    expect(await next([alerted(2, 'here'), alerted(3, 'channel')])).toMatchObject({ from: 3, to: 3 })
    expect(await next([alerted(2, 'here'), closed(3)])).toMatchObject({ from: 3, to: 3 })
  })
})
