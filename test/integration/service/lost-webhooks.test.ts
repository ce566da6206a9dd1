import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { aWorld, type World } from '../../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'lost-webhooks-'))
const config = join(folder, 'config.yaml')
/** Nothing but what the account says of its changes brings a thread to be looked at. ms */
const aDay = 86_400_000
/** Zendesk takes ten such questions a minute. */
const times = { sweepChanged: 6_500, lookAgain: [{ quietFor: aDay, every: aDay }] }

let world: World
beforeAll(async () => {
  writeFileSync(config, stringify({ times }))
  world = await aWorld({ env: { DESKBRIDGE_CONFIG: config } })
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })

it('brings an answer whose webhook was lost, by what the account says of its changes', async () => {
  const visitor = await world.visitor()
  await visitor.send('Where is my order?')
  await poll(async () => (await world.tickets(visitor.sessionId)).length).toBe(1)
  const [ticket] = await world.tickets(visitor.sessionId)
  await world.faults('zendesk', [{ kind: 'drop_event', times: 1_000 }])
  await world.commentInZendesk(ticket?.id ?? 0, 'It left yesterday')
  await poll(() => visitor.seen.at(-1)).toMatchObject({ content: 'It left yesterday', senderName: 'Margaret Hamilton' })
})
