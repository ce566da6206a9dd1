import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { aBalancer } from '../../support/balancer.ts'
import { logOf } from '../../support/oracle.ts'
import { aService } from '../../support/service.ts'
import { aWidget } from '../../support/widget.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const patience = { timeout: 30_000, interval: 20 }
const withinMs = 5_000

/** The longest that the node which stays did not answer: the machine's doing, which keeps everybody else waiting as well. ms */
function standstill(url: string) {
  let longest = 0
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      const before = performance.now()
      await fetch(`${url}/readyz`)
        .then((answer) => answer.text())
        .catch(() => null)
      await wait(20)
      longest = Math.max(longest, performance.now() - before - 20)
    }
  })()
  return async () => {
    isOver = true
    await asking
    return longest
  }
}

/** Widgets that chat through two nodes behind a balancer. */
async function aCrowd(count: number) {
  const service = await aService({
    limits: { sessionRateLimit: { perAddress: 10_000, perInbox: 10_000 }, messageRateLimit: 1_000 },
    times: { drainSpread: 1_000 },
  })
  closers.push(service.close)
  const nodes = [await service.start('api'), await service.start('api')] as const
  const balancer = await aBalancer()
  closers.push(balancer.close)
  for (const { url } of nodes) balancer.add(Number(new URL(url).port))
  const widgets = Array.from({ length: count }, () => aWidget(balancer.url))
  for (const widget of widgets) closers.push(widget.stop)
  for (const widget of widgets) widget.send('v-000')
  const isOnline = (widget: (typeof widgets)[number]) => widget.state().connection === 'online'
  const settled = () => widgets.every((widget) => isOnline(widget) && widget.state().pending.length === 0)
  await expect.poll(settled, patience).toBe(true)
  /** How long each widget was away, in ms. */
  const away: number[] = []
  for (const widget of widgets) {
    let since: number | null = null
    widget.subscribe(({ connection }) => {
      if (connection === 'offline') since ??= performance.now()
      if (connection !== 'online' || since === null) return
      away.push(performance.now() - since)
      since = null
    })
  }
  return { service, nodes, balancer, widgets, away, settled }
}

it('brings everybody to another node within five seconds of a stop, with all they wrote, once and in order', async () => {
  const { service, nodes, widgets, away, settled } = await aCrowd(30)
  const still = standstill(nodes[1].url)
  const texts = Array.from({ length: 40 }, (_, index) => `v-${String(index + 1).padStart(3, '0')}`)
  const ended = wait(400).then(() => nodes[0].end('SIGTERM'))
  for (const text of texts) {
    for (const widget of widgets) widget.send(text)
    await wait(40)
  }
  await ended
  await expect.poll(settled, patience).toBe(true)
  const logs = await Promise.all(
    widgets.map((widget) => logOf(service.stores.mongodbUrl, widget.state().sessionId ?? '')),
  )
  const stood = await still()
  const shown = widgets.map((widget) => widget.state().conversation.messages.map(({ content }) => content))
  const all = ['v-000', ...texts]
  expect({
    logs,
    shown,
    someWereAway: away.length > 0,
    late: away.filter((ms) => ms > withinMs + 2 * stood),
  }).toEqual({
    logs: widgets.map(() => all),
    shown: widgets.map(() => all),
    someWereAway: true,
    late: [],
  })
})

it('brings those whose node vanished back within five seconds, and not in one instant', async () => {
  const { nodes, balancer, away, settled } = await aCrowd(60)
  const still = standstill(nodes[1].url)
  const before = balancer.arrivals.length
  const killedAt = performance.now()
  await nodes[0].end('SIGKILL')
  await expect.poll(() => away.length, patience).toBeGreaterThan(20)
  await expect.poll(settled, patience).toBe(true)
  const came = balancer.arrivals.slice(before).map(({ at }) => at - killedAt)
  const stood = await still()
  const mostAtOnce = Math.max(...came.map((at) => came.filter((other) => other >= at && other < at + 200).length))
  const isSpread = mostAtOnce <= came.length / 2 || stood > 200
  expect([isSpread, away.filter((ms) => ms > withinMs + 2 * stood)]).toEqual([true, []])
})
