import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { type Latency, type Pair, quantile, sendOne } from './load.ts'
import type { StoreUrls } from './run.ts'
import { deskbridge, startChat, withServer } from './servers.ts'

const chats = 64
const phaseMs = 2_000
/** Until the flood has filled every buffer on its way. */
const swellMs = 500

/** A visitor in a process of its own who can be let loose. */
async function aFlooder(url: string) {
  const { sessionId, token } = await startChat(url)
  const script = join(import.meta.dirname, 'flooder.ts')
  const child = spawn(process.execPath, [script, url, token, sessionId], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  await once(lines, 'line')
  let last = ''
  lines.on('line', (line) => (last = line))
  return {
    go: () => child.stdin.write('go\n'),
    stop: () => child.stdin.write('stop\n'),
    last: () => last,
    async end() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

/** The other chats, one message at a time. */
async function sample(pairs: readonly Pair[], into: Latency[]): Promise<void> {
  const end = performance.now() + phaseMs
  for (let index = 0; performance.now() < end; index += 1) {
    const pair = pairs[index % pairs.length]
    if (pair) into.push(await sendOne(pair))
  }
}

function print(idle: readonly Latency[], flooded: readonly Latency[]): void {
  const row = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(14)).join(''))
  row(['', 'idle', 'in the flood', ''])
  for (const what of ['ack', 'peer'] as const) {
    for (const share of [0.5, 0.99]) {
      const [before, during] = [idle, flooded].map((all) =>
        quantile(
          all.map((one) => one[what]),
          share,
        ),
      )
      if (before === undefined || during === undefined) continue
      const ms = (value: number) => `${value.toFixed(2)} ms`
      row([`${what} p${share * 100}`, ms(before), ms(during), `${(during / before).toFixed(2)}×`])
    }
  }
}

/** What one visitor who writes as fast as the line takes it does to the latency of the others. */
export async function flood(stores: StoreUrls, rounds: number): Promise<void> {
  await withServer({ ...deskbridge, settings: 'bench/flood.yaml' }, stores, async (url) => {
    const pairs = await deskbridge.pairs(url, chats)
    const flooder = await aFlooder(url)
    const idle: Latency[] = []
    const flooded: Latency[] = []
    await sample(pairs, [])
    for (let round = 0; round < rounds; round += 1) {
      await sample(pairs, idle)
      flooder.go()
      await wait(swellMs)
      await sample(pairs, flooded)
      flooder.stop()
      await wait(swellMs)
    }
    console.log(
      `${chats} chats, ${rounds} rounds of ${phaseMs} ms each, in turn; the flooder in the end: ${flooder.last()}\n`,
    )
    print(idle, flooded)
    for (const { sender, peer } of pairs) {
      sender.close()
      peer.close()
    }
    await flooder.end()
  })
}
