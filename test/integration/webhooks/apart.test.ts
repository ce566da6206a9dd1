import { expect, it } from 'vitest'
import { aReceiver, someWebhooks } from '../../support/webhooks.ts'

const poll = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000, interval: 10 })
const range = (length: number) => Array.from({ length }, (_, nth) => nth)

it('delays nobody by an endpoint that hangs, nor by one that fails', async () => {
  const hooks = await someWebhooks({ timeoutMs: 60_000, leaseMs: 120_000 })
  const [hangs, fails, well] = await Promise.all([aReceiver('nothing'), aReceiver(500), aReceiver()])
  for (const { url } of [hangs, fails, well]) await hooks.endpoint(url, { events: ['message.created'] })
  const session = await hooks.chat()
  const said: string[] = []
  for (const nth of range(60)) said.push(await hooks.say(session, `message ${nth}`))
  await poll(() => new Set(well.ids())).toEqual(new Set(said))
  expect([well.calls.length, hangs.calls.length]).toEqual([60, 10])
  // Five failures, and those that were under way with them.
  expect(fails.calls.length).toBeLessThan(15)
})

it('tries an endpoint that failed with one call, and goes on with all of them once that is taken', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver(500)
  await hooks.endpoint(receiver.url, { events: ['message.created'] })
  const session = await hooks.chat()
  const restsFor = async () => ((await hooks.endpoints.findOne())?.restsUntil?.getTime() ?? 0) - hooks.now()
  const underWay = () => hooks.deliveries.countDocuments({ claim: { $ne: null } })
  for (const nth of range(30)) await hooks.say(session, `message ${nth}`)
  await poll(restsFor).toBe(5_000)
  await poll(underWay).toBe(0)
  const failed = receiver.calls.length
  hooks.pass(5_000)
  await hooks.sweep()
  await poll(restsFor).toBe(10_000)
  receiver.answers(200)
  hooks.pass(10_000)
  await hooks.sweep()
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(30)
  expect(receiver.calls.length).toBe(failed + 1 + 30)
})

it('calls no oftener than an endpoint wants it, with two workers as well', async () => {
  const hooks = await someWebhooks()
  const receiver = await aReceiver()
  const { id } = await hooks.endpoint(receiver.url, { events: ['message.created'], ratePerSecond: 20 })
  const times: number[] = []
  receiver.answers(() => {
    times.push(performance.now())
    return 200
  })
  const other = hooks.another()
  const session = await hooks.chat()
  for (const nth of range(30)) await hooks.say(session, `message ${nth}`)
  const endpoint = (await hooks.endpoints.findOne({ url: receiver.url }))?._id
  if (!endpoint) throw new Error(`no endpoint ${id}`)
  const clock = setInterval(() => {
    hooks.pass(10)
    void other.run({ kind: 'pull', endpoint })
  }, 10)
  await poll(() => hooks.deliveries.countDocuments({ state: 'delivered' })).toBe(30)
  clearInterval(clock)
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_000)
  expect(new Set(receiver.ids()).size).toBe(30)
})
