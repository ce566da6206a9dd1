import { afterAll, beforeAll, expect, it } from 'vitest'
import { documented } from '../../../sandbox/fixtures/load.ts'
import { signature } from '../../../sandbox/slack/signed.ts'
import { adminKey } from '../../support/chat.ts'
import { anOffice, channel, type Office, signingSecret } from './acting.ts'

let office: Office
let grace: Awaited<ReturnType<Office['account']>>
beforeAll(async () => {
  office = await anOffice()
  grace = await office.account('Grace', 'grace@example.com')
  // Alan sees another inbox alone; Katherine has no account.
  await office.account('Alan', 'alan@example.com', { inboxes: ['other'] })
})
afterAll(() => office.close())

const poll = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 20 })
const done = { status: 200, body: null }
const shortcutIn = (team: string) =>
  JSON.stringify(documented('slack/interaction.shortcut', { team: { id: team, domain: 'sandbox' } }))
const types = (chat: Awaited<ReturnType<Office['chat']>>) => async () => (await chat.said()).map(({ type }) => type)
const lastWhisper = async () => (await office.whispers()).at(-1)

it('does at once what the buttons of a chat say, as the agent whose email it is', async () => {
  const chat = await office.chat()
  const expected: string[] = []
  for (const [button, event] of [
    ['chat_take', 'assigned'],
    ['chat_release', 'unassigned'],
    ['chat_close', 'session_closed'],
    ['chat_reopen', 'session_reopened'],
  ] as const) {
    expected.push(event)
    expect(await chat.click(button)).toEqual(done)
    await poll(types(chat)).toEqual(expected)
  }
})

it('tells who clicked what stands against it, and what to do', async () => {
  const chat = await office.chat()
  await chat.click('chat_ticket')
  await poll(lastWhisper).toMatchObject({
    user: 'U0GRACE',
    text: 'Zendesk is not connected, so there are no tickets.',
  })
})

it.each([
  ['has no account', { user: 'U0KATHERINE' }, /no account in Deskbridge/],
  ['does not see the inbox', { user: 'U0ALAN' }, /not of your inboxes/],
  ['is of another workspace', { team: 'T0ELSEWHERE' }, /Only people of the workspace/],
  ['names another chat', { value: `ses_${'0'.repeat(24)}` }, /not one of this chat/],
])('refuses a click of somebody who %s', async (_, by, text) => {
  const chat = await office.chat()
  const before = (await office.whispers()).length
  await chat.click('chat_take', by)
  await poll(async () => (await office.whispers()).slice(before).map((whisper) => whisper.text)).toEqual([
    expect.stringMatching(text),
  ])
  expect(await chat.said()).toEqual([])
})

it('refuses a button under a message that is not ours', async () => {
  const chat = await office.chat()
  const { ts } = await chat.reply('Take it')
  await office.act('clicks', { channel, ts, action: 'chat_take', value: chat.session })
  await poll(lastWhisper).toMatchObject({ threadTs: chat.ts, text: expect.stringMatching(/not one of this chat/) })
  expect(await chat.said()).toEqual([])
})

it('hands a chat on to whom the agent finds in the list, with a note', async () => {
  const chat = await office.chat()
  const mia = await office.account('Mia', 'mia@example.com')
  const view = await chat.open('chat_assign')
  const found = await office.act(`views/${view.id}/suggestions`, { field: 'assign_receiver', typed: 'mi' })
  const values = {
    assign_receiver: { selected_option: { value: `agent:${mia.id}` } },
    assign_note: { value: 'Yours, I think' },
  }
  const answer = await office.act(`views/${view.id}/submissions`, { values })
  const option = { text: { type: 'plain_text', text: 'Mia (online)' }, value: `agent:${mia.id}` }
  expect([found, answer, await chat.said()]).toEqual([
    { status: 200, body: { options: [option] } },
    done,
    [
      {
        type: 'transferred',
        origin: 'deskbridge',
        body: { to: { kind: 'agent', agent: { id: mia.id, name: 'Mia' } }, note: 'Yours, I think' },
      },
    ],
  ])
})

it('keeps a modal open with what stands against it', async () => {
  const chat = await office.chat()
  const view = await chat.open('chat_assign')
  const values = { assign_receiver: { selected_option: { value: 'team:nobody' } } }
  const { body } = await office.act(`views/${view.id}/submissions`, { values })
  expect(body).toMatchObject({ response_action: 'errors', errors: { assign_receiver: expect.any(String) } })
})

it('finds a canned response, shows it as it would be sent, and sends it once', async () => {
  const chat = await office.chat()
  const made = await office.desk.chat.call('POST', '/api/admin/canned', {
    token: adminKey,
    body: { name: 'Greeting', text: 'Hello {{visitor.name|there}}, I am {{agent.name}}.' },
  })
  const value = made.body.id as string
  const view = await chat.open('chat_canned')
  const found = await office.act(`views/${view.id}/suggestions`, { field: 'canned_response', typed: 'gre' })
  await office.act(`views/${view.id}/choices`, { field: 'canned_response', value })
  const shown = async () => (await office.views()).find(({ id }) => id === view.id)?.content.blocks.at(-1)?.text?.text
  await poll(shown).toBe('Hello Ana, I am Grace.')
  const values = { canned_response: { selected_option: { value } } }
  // As quick as two clicks.
  const answers = await Promise.all([1, 2].map(() => office.act(`views/${view.id}/submissions`, { values })))
  const option = { text: { type: 'plain_text', text: 'Greeting' }, value }
  const sent = { messageType: 'text', content: 'Hello Ana, I am Grace.', internal: false }
  expect([found.body, answers, (await chat.said()).filter(({ type }) => type === 'message')]).toEqual([
    { options: [option] },
    [done, done],
    [{ type: 'message', body: sent, origin: 'deskbridge' }],
  ])
})

it('keeps a note for the team', async () => {
  const chat = await office.chat()
  const view = await chat.open('chat_note')
  const answer = await office.act(`views/${view.id}/submissions`, { values: { note_text: { value: 'A hard one' } } })
  const note = { messageType: 'text', content: 'A hard one', internal: true }
  expect([answer, await chat.said()]).toEqual([done, [{ type: 'message', body: note, origin: 'deskbridge' }]])
})

it('opens no second modal with a trigger that was used before, and says so', async () => {
  const chat = await office.chat()
  const trigger = await office.trigger()
  await chat.open('chat_note', { trigger })
  const before = [await office.views(), await office.whispers()].map(({ length }) => length)
  await chat.click('chat_note', { trigger })
  await poll(async () => (await office.whispers()).length).toBe((before[1] ?? 0) + 1)
  expect([(await office.views()).length, await lastWhisper()]).toEqual([
    before[0],
    { channel, user: 'U0GRACE', threadTs: null, text: 'That did not work just now. Try again in a moment.' },
  ])
})

it('puts nothing from a modal into a chat that its sender may not see', async () => {
  const chat = await office.chat()
  const view = await chat.open('chat_note')
  const submission = { user: 'U0ALAN', values: { note_text: { value: 'Let me in' } } }
  const { body } = await office.act(`views/${view.id}/submissions`, submission)
  const errors = { note_text: 'This chat or response is not there, or is not of your inboxes.' }
  expect([body, await chat.said()]).toEqual([{ response_action: 'errors', errors }, []])
})

it('sends to the customer what its author chose, once, under the key under which it would be brought', async () => {
  const chat = await office.chat()
  const { ts } = await chat.reply('It is on its way')
  const use = (user: string) => office.act('shortcuts', { user, shortcut: 'chat_send', channel, ts })
  await use('U0GRACE')
  await poll(lastWhisper).toMatchObject({ text: 'Sent to the customer.' })
  await use('U0GRACE')
  await poll(lastWhisper).toMatchObject({ text: 'The customer has this already.' })
  const keys = (await office.desk.chat.events(chat.session)).map(({ key }) => String(key))
  const sent = { messageType: 'text', content: 'It is on its way', internal: false }
  expect([
    (await chat.said()).filter(({ type }) => type === 'message'),
    keys.includes(`slack:${channel}:${ts}`),
  ]).toEqual([[{ type: 'message', body: sent, origin: 'slack' }], true])
})

it('sends nobody’s words but one’s own, and adds those of others as a note that names them', async () => {
  const chat = await office.chat()
  const { ts } = await chat.reply('He is angry', 'U0KATHERINE')
  const use = (shortcut: string) => office.act('shortcuts', { shortcut, channel, ts })
  await use('chat_send')
  await poll(lastWhisper).toMatchObject({ text: expect.stringMatching(/^Only who wrote/), threadTs: chat.ts })
  await use('chat_add_note')
  await poll(lastWhisper).toMatchObject({ text: 'Added as a note. Only the team reads it.' })
  const note = { messageType: 'text', content: 'Katherine Johnson: He is angry', internal: true }
  expect(await chat.said()).toEqual([{ type: 'message', body: note, origin: 'slack' }])
})

it('sets the status by a command, and answers to the one who wrote it', async () => {
  const run = async (text: string, user = 'U0GRACE') =>
    (await office.act('commands', { user, channel, command: '/deskbridge', text })).body
  const answers = [await run('busy'), await run('dance'), await run('online', 'U0KATHERINE')]
  const { status } = await grace.read()
  await run('online')
  expect([status, ...answers]).toEqual([
    'busy',
    ...[/^You are busy/, /`\/deskbridge away`/, /no account in Deskbridge/].map((text) => ({
      response_type: 'ephemeral',
      text: expect.stringMatching(text),
    })),
  ])
})

it('lists one’s open chats with links to their threads', async () => {
  const chat = await office.chat()
  await chat.click('chat_take')
  await poll(types(chat)).toEqual(['assigned'])
  const link = `https://subarachnoid.slack.com/archives/${channel}/p${chat.ts.replace('.', '')}|Ana`
  await office.act('shortcuts', { shortcut: 'my_chats' })
  await poll(async () => JSON.stringify((await office.views()).at(-1)?.content)).toContain(link)
  const { body } = await office.act('commands', { channel, command: '/deskbridge', text: 'chats' })
  expect(body).toMatchObject({ text: expect.stringContaining(link) })
})

it('tells who answers in a thread that another agent is writing an answer, too', async () => {
  const chat = await office.chat()
  const mia = await office.desk.agent('Theo', { capacity: 0 })
  const console = office.desk.chat.connect(mia.token)
  await console.ask('agent_join', { sessionId: chat.session })
  await console.ask('typing', { sessionId: chat.session, isTyping: true })
  await poll(async () => (await office.desk.chat.node().chat.desk.typing(chat.session)).length).toBe(1)
  await chat.reply('It is on its way')
  await poll(lastWhisper).toMatchObject({ user: 'U0GRACE', text: 'Theo is writing an answer, too.' })
})

it.each([
  ['without a payload', 'interactivity', { payloads: '{}' }, 400, 'invalid_input'],
  ['that is not JSON', 'interactivity', { payload: '{' }, 400, 'invalid_json'],
  ['that is no object', 'interactivity', { payload: '1' }, 400, 'invalid_input'],
  ['without a command', 'commands', { text: 'busy' }, 400, 'invalid_input'],
  ['of a name that we do not have', 'interactivity', { payload: shortcutIn('T0SANDBOX') }, 200, undefined],
  ['of a workspace where the app is not', 'interactivity', { payload: shortcutIn('T0ELSEWHERE') }, 403, 'forbidden'],
])('answers what is signed, %s', async (_, path, form, status, code) => {
  const body = new URLSearchParams(form as Record<string, string>).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const headers = { ...type, ...signature({ secret: signingSecret, body, at: Date.now() }) }
  const answer = await fetch(`${office.url}/connectors/slack/${path}`, { method: 'POST', body, headers })
  const said = await answer.text()
  expect([answer.status, said === '' ? undefined : JSON.parse(said).error.code]).toEqual([status, code])
})

it.each(['interactivity', 'commands'])('takes no %s that Slack did not sign', async (path) => {
  const body = 'command=%2Fdeskbridge&user_id=U0GRACE&payload=%7B%7D'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const signed = { 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1_000)), 'x-slack-signature': 'v0=1' }
  const answers = await Promise.all(
    [headers, { ...headers, ...signed }].map((each) =>
      fetch(`${office.url}/connectors/slack/${path}`, { method: 'POST', body, headers: each }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
})
