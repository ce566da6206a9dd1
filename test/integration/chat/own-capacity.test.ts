import { afterEach, expect, it } from 'vitest'
import { adminKey } from '../../support/chat.ts'
import { aDesk, type Desk } from '../../support/desk.ts'

const desks: Desk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})

/** An agent who may have three chats at once, and who waits. */
async function aTeam() {
  const desk = await aDesk()
  desks.push(desk)
  const bo = await desk.agent('Bo', { capacity: 3 })
  const take = (takes: unknown, token = bo.token) =>
    desk.chat.call('PUT', '/api/chat/agents/me/capacity', { token, body: { takes } })
  const asAdministrator = (change: object) =>
    desk.chat.call('PATCH', `/api/admin/agents/${bo.id}`, { token: adminKey, body: change })
  const shown = async () => {
    const { body } = await desk.chat.call('GET', '/api/admin/agents', { token: adminKey })
    const { capacity, takes } = body.agents.find(({ id }: { id: string }) => id === bo.id)
    return { capacity, takes }
  }
  const places = () => expect.poll(async () => (await bo.places()).length, { timeout: 20_000 })
  return { desk, bo, take, asAdministrator, shown, places }
}

it('gives an agent who takes fewer no more than that, and the rest once they take more', async () => {
  const { desk, take, places } = await aTeam()
  const answer = await take(1)
  for (const text of ['one', 'two', 'three', 'four']) await desk.visitor(text)
  await places().toBe(1)
  await take(3)
  await places().toBe(3)
  expect([answer.status, answer.body]).toMatchObject([200, { name: 'Bo', capacity: 3, takes: 1, chats: 0 }])
})

it('lets nobody take more than an administrator granted, nor choose for others', async () => {
  const { desk, bo, take, shown } = await aTeam()
  const { token: visitor } = await desk.chat.session()
  await take(2)
  const refused = [await take(4), await take(-1), await take(1.5), await take(2, visitor), await take(2, adminKey)]
  const back = await take(3)
  expect({
    refused: refused.map(({ body }) => body.error.code),
    back: back.body.takes,
    shown: await shown(),
    left: (await bo.read()).granted,
  }).toEqual({
    refused: ['invalid_input', 'invalid_input', 'invalid_input', 'forbidden', 'forbidden'],
    ...{ back: 3, shown: { capacity: 3, takes: 3 }, left: undefined },
  })
})

it('keeps the choice until an administrator sets another capacity', async () => {
  const { take, asAdministrator, shown } = await aTeam()
  await take(1)
  await asAdministrator({ teams: ['night'], capacity: 3 })
  const kept = await shown()
  await asAdministrator({ capacity: 2 })
  expect([kept, await shown()]).toEqual([
    { capacity: 3, takes: 1 },
    { capacity: 2, takes: 2 },
  ])
})

it('ends up with one of the numbers that were chosen at the same time, and what was granted', async () => {
  const { take, shown } = await aTeam()
  await Promise.all([0, 1, 2, 3, 0, 1, 2, 3].map((takes) => take(takes)))
  await take(2)
  expect(await shown()).toEqual({ capacity: 3, takes: 2 })
})
