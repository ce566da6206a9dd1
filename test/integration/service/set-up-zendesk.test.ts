import { afterEach, expect, it } from 'vitest'
import { doctorCommand } from '../../../src/doctor-command.ts'
import { loadConfig } from '../../../src/platform/config.ts'
import { zendeskCommand } from '../../../src/zendesk-command.ts'
import { aWorld, json, type World } from '../../support/world.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** A service that is told no secret of a webhook, and an account in which nothing is set up. */
async function arrange(account: { offersEvents: boolean }) {
  const world = await aWorld({ env: { ZENDESK_WEBHOOK_SECRET: '' } })
  worlds.push(world)
  await json(`${world.zendesk.url}/sandbox/state`, { method: 'PUT', body: { ...account, webhookUrl: '' } })
  const config = loadConfig(world.env)
  const command = async (run: (print: (line: string) => void) => Promise<number>) => {
    const said: string[] = []
    return { code: await run((line) => void said.push(line)), said }
  }
  return {
    world,
    asStranger: () => zendeskCommand(loadConfig({ ...world.env, ZENDESK_CLIENT_SECRET: 'wrong' }), ['setup'], () => {}),
    setup: (...more: string[]) => command((print) => zendeskCommand(config, ['setup', ...more], print)),
    doctor: () => command((print) => doctorCommand(config, print)),
  }
}

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 20 })

it.each([
  ['events', { offersEvents: true }],
  ['a trigger', { offersEvents: false }],
])('hears of answers by %s of an account that one command has set up', async (_by, account) => {
  const { world, setup } = await arrange(account)
  const made = await setup()
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  const [ticket] = await world.tickets(visitor.sessionId)
  await world.commentInZendesk(ticket?.id ?? 0, 'It left yesterday')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ content: 'It left yesterday', senderName: 'Margaret Hamilton' })
  expect(made).toEqual({
    code: 0,
    said: [
      '✓ made the ticket field chat_session_id',
      '✓ made the ticket field user_id',
      '✓ made the view Live chats',
      '✓ mended the condition that keeps triggers from mailing live chats: it is missing in “Notify requester and CCs of received request” and “Notify requester and CCs of comment update”',
      `✓ made the webhook to ${world.url}/connectors/zendesk/webhook`,
      `· left the app in the ticket’s sidebar: Zendesk shows pages over https only, not ${world.url}`,
      'Done. `bin/deskbridge doctor` says whether all of it works.',
    ],
  })
})

it('tells what works, and ends with 1 while something does not', async () => {
  const { world, asStranger, setup, doctor } = await arrange({ offersEvents: true })
  await expect(asStranger()).rejects.toThrow(/oauth\/tokens: status 401.*bin\/deskbridge doctor/)
  const before = await doctor()
  await setup()
  const after = await doctor()
  const reach = ['Slack', 'Zendesk'].map((remote) => expect.stringContaining(`✗ ${remote} cannot reach ${world.url}`))
  expect([before.code, after.code, before.said.at(-1), after.said.at(-1)]).toEqual([1, 1, '7 problems.', '2 problems.'])
  expect(after.said.filter((line) => line.startsWith('✗'))).toEqual(reach)
  expect(after.said).toEqual(expect.arrayContaining([expect.stringMatching(/MongoDB/), '✓ Redis evicts nothing']))
})
