import { type Figures, measure } from './load.ts'
import { median } from './median.ts'
import type { StoreUrls } from './run.ts'
import { type Contestant, contestants, withServer } from './servers.ts'

const chats = 64
const sizes = { single: 400, together: 12_000 }

/** The median of each figure over the rounds. */
function middle(all: readonly Figures[]): Figures {
  const of = (pick: (figures: Figures) => number) => median(all.map(pick))
  return {
    throughput: of((one) => one.throughput),
    ack: { p50: of((one) => one.ack.p50), p99: of((one) => one.ack.p99) },
    peer: { p50: of((one) => one.peer.p50), p99: of((one) => one.peer.p99) },
  }
}

async function runOnce(contestant: Contestant, stores: StoreUrls): Promise<Figures> {
  return withServer(contestant, stores, async (url) => {
    const pairs = await contestant.pairs(url, chats)
    const figures = await measure(pairs, sizes)
    for (const { sender, peer } of pairs) {
      sender.close()
      peer.close()
    }
    return figures
  })
}

function print(results: ReadonlyMap<string, Figures>, ours: Figures): void {
  const row = (cells: readonly string[]) =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(30) : cell.padStart(15))).join(''))
  const ms = (value: number) => `${value.toFixed(2)} ms`
  row(['', 'messages/s', 'ack p50', 'ack p99', 'peer p50', 'peer p99'])
  for (const [name, { throughput, ack, peer }] of results) {
    row([name, throughput.toFixed(0), ms(ack.p50), ms(ack.p99), ms(peer.p50), ms(peer.p99)])
  }
  console.log('\nDeskbridge against each (throughput: more is better; latency: less is better)')
  for (const [name, { throughput, ack, peer }] of results) {
    if (name === 'Deskbridge') continue
    const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}×`
    row([
      name,
      ratio(ours.throughput, throughput),
      ratio(ours.ack.p50, ack.p50),
      ratio(ours.ack.p99, ack.p99),
      ratio(ours.peer.p50, peer.p50),
      ratio(ours.peer.p99, peer.p99),
    ])
  }
}

/** Deskbridge beside two plain relays: the same load for each, the servers in turn. */
export async function compare(stores: StoreUrls, rounds: number): Promise<void> {
  console.log(`${chats} chats; medians of ${rounds} rounds, the servers in turn\n`)
  const all = new Map<string, Figures[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) all.get(contestant.name)?.push(await runOnce(contestant, stores))
  }
  const results = new Map([...all].map(([name, figures]) => [name, middle(figures)]))
  const ours = results.get('Deskbridge')
  if (ours) print(results, ours)
}
