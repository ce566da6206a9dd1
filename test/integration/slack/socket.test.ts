import { afterAll, beforeAll, expect, it } from 'vitest'
import { anOffice, channel, type Office } from './acting.ts'

let office: Office
/** What was stored, and the replies whose storing fails the first time. */
const stored = new Set<string>()
const failing = new Set<unknown>()

beforeAll(async () => {
  office = await anOffice({
    bySocket: true,
    async accept(_, items) {
      for (const { id, raw } of items) {
        if (failing.delete((raw as { text: string }).text)) throw new Error('the store is down')
        stored.add(id)
      }
    },
  })
  await office.account('Grace', 'grace@example.com')
})
afterAll(() => office.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 20 })
const done = { status: 200, body: null }
/** Whether the reply was stored. */
const has = (ts: string) => () => stored.has(`${channel}:${ts}`)

it('does what a button says', async () => {
  const chat = await office.chat()
  expect(await chat.click('chat_take')).toEqual(done)
  await poll(async () => (await chat.said()).map(({ type }) => type)).toEqual(['assigned'])
})

it('keeps a modal open with what stands against it, and closes it over what is done', async () => {
  const chat = await office.chat()
  const assign = await chat.open('chat_assign')
  const nobody = { assign_receiver: { selected_option: { value: 'team:nobody' } } }
  const refused = await office.act(`views/${assign.id}/submissions`, { values: nobody })
  const note = await chat.open('chat_note')
  const values = { note_text: { value: 'A hard one' } }
  const taken = await office.act(`views/${note.id}/submissions`, { values })
  expect([refused.body, taken, (await chat.said()).map(({ body }) => body)]).toEqual([
    { response_action: 'errors', errors: { assign_receiver: expect.any(String) } },
    done,
    [{ messageType: 'text', content: 'A hard one', internal: true }],
  ])
})

it('suggests what the agent types for', async () => {
  const mia = await office.account('Mia', 'mia@example.com')
  const view = await (await office.chat()).open('chat_assign')
  const found = await office.act(`views/${view.id}/suggestions`, { field: 'assign_receiver', typed: 'mi' })
  const option = { text: { type: 'plain_text', text: 'Mia (online)' }, value: `agent:${mia.id}` }
  expect(found).toEqual({ status: 200, body: { options: [option] } })
})

it('answers a command to the one who wrote it', async () => {
  const { body } = await office.act('commands', { channel, command: '/deskbridge', text: 'help' })
  expect(body).toEqual({ response_type: 'ephemeral', text: expect.stringContaining('/deskbridge away') })
})

it('acknowledges what nobody handles, so that it does not come for ever', async () => {
  expect(await office.act('shortcuts', { shortcut: 'of_yesterday' })).toEqual(done)
})

it('acknowledges an event only once it is stored; until then Slack pushes it again', async () => {
  const chat = await office.chat()
  failing.add('It is on its way')
  const { ts } = await chat.reply('It is on its way')
  await poll(has(ts)).toBe(true)
  const pushes = async () => (await office.sockets()).pushes.slice(-2).map(({ retry, outcome }) => [retry, outcome])
  await poll(pushes).toEqual([
    [0, 'timeout'],
    [1, 'acknowledged'],
  ])
})

it('takes no request where there is no signing secret', async () => {
  const ask = (path: string) => fetch(`${office.url}/connectors/slack/${path}`, { method: 'POST', body: '{}' })
  const answers = await Promise.all(['events', 'interactivity', 'commands'].map(ask))
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
})

it.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'])(
  'goes on over another connection when Slack ends one with %s',
  async (reason) => {
    const chat = await office.chat()
    await office.act('sockets/disconnect', { reason })
    await poll(async () => (await office.sockets()).open).toBe(1)
    const { ts } = await chat.reply('Still there')
    await poll(has(ts)).toBe(true)
  },
)

it.each(['cut', 'silence'])('goes on over another connection after %s', async (fault) => {
  const chat = await office.chat()
  await office.act(`sockets/${fault}`, {})
  const { ts } = await chat.reply('Still there')
  await poll(has(ts)).toBe(true)
})
