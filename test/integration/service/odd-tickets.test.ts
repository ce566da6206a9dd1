import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, json, type Ticket, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })

const inZendesk = <T>(path: string, method = 'GET', body?: object) =>
  json<T>(`${world.zendesk.url}/sandbox${path}`, { method, ...(body && { body }) })

/** A visitor whose first message stands in a ticket. */
async function aChat(content: string) {
  const visitor = await world.visitor()
  await visitor.send(content)
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  const [ticket] = await world.tickets(visitor.sessionId)
  const said = () => visitor.seen.map((message) => message.content)
  return { ...visitor, said, ticket: ticket?.id ?? 0, tickets: () => world.tickets(visitor.sessionId) }
}

/** What the service has logged of a state of tickets. */
const told = (state: string) => world.lines.filter((line) => line.includes(`"state":"${state}"`)).length

it('brings the last answer of a ticket before it goes on in a follow-up, and the answers there', async () => {
  const chat = await aChat('Where is my order?')
  await world.faults('zendesk', [{ kind: 'drop_event', times: 1 }])
  await world.commentInZendesk(chat.ticket, 'It left yesterday')
  await inZendesk(`/tickets/${chat.ticket}`, 'PUT', { status: 'closed' })
  await chat.send('And the other one?')
  await poll(async () => (await chat.tickets()).length).toBe(2)
  const followUp = (await chat.tickets()).at(-1)
  await world.commentInZendesk(followUp?.id ?? 0, 'Today')
  await poll(chat.said).toEqual(['Where is my order?', 'And the other one?', 'It left yesterday', 'Today'])
  expect([followUp, told('closed') > 0]).toMatchObject([{ via_followup_source_id: chat.ticket }, true])
})

it('follows a merge by itself, with one chat; another whose ticket goes there as well makes a follow-up', async () => {
  const [first, second] = [await aChat('One'), await aChat('Two')]
  const { id: email } = await inZendesk<{ id: number }>('/tickets', 'POST', { comment: { body: 'An email' } })
  const there = async () => (await inZendesk<Ticket>(`/tickets/${email}`)).comments.map(({ body }) => body)
  await inZendesk(`/tickets/${first.ticket}/merge`, 'PUT', { into: email, public: true })
  await world.commentInZendesk(email, 'An answer to both')
  await poll(first.said).toEqual(['One', 'An answer to both'])
  await inZendesk(`/tickets/${second.ticket}/merge`, 'PUT', { into: email, public: true })
  await second.send('Two more')
  await poll(async () => (await second.tickets()).length).toBe(2)
  await first.send('Thanks')
  await poll(there).toContainEqual(expect.stringMatching(/\nThanks$/))
  expect([(await second.tickets()).at(-1), first.said(), second.said(), await there()]).toMatchObject([
    { via_followup_source_id: second.ticket, comments: [{ body: expect.stringContaining('Two more') }] },
    ['One', 'An answer to both', 'Thanks'],
    ['Two', 'Two more'],
    expect.arrayContaining([expect.stringContaining(`Ticket #${first.ticket} of this chat was merged`)]),
  ])
})

it('goes on after its ticket was marked as spam, twice', async () => {
  const chat = await aChat('Buy this')
  for (const [index, content] of ['And this', 'And that'].entries()) {
    const [ticket] = await chat.tickets()
    await inZendesk(`/tickets/${ticket?.id}/mark_as_spam`, 'PUT', {})
    await chat.send(content)
    await poll(async () => (await chat.tickets())[0]?.comments.at(-1)?.body).toMatch(new RegExp(`\\n${content}$`))
    expect(told('without_requester')).toBe(index + 1)
  }
})
