import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../stores/process.ts'
import { quantile } from './load.ts'

const command = join(import.meta.dirname, '..', 'bin', 'up')

/** Starts everything on this data, waits until it is up, and ends it as Ctrl-C would. How long it took. s */
async function upAndDown(data: string): Promise<number> {
  const port = await freePort(4)
  const env = { ...process.env, DESKBRIDGE_DATA: data, PORT: String(port), SANDBOX_PORT: String(port + 1) }
  const begun = performance.now()
  const child = spawn(command, [], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('Deskbridge is up.')) break
  }
  const seconds = (performance.now() - begun) / 1_000
  if (!said.includes('Deskbridge is up.')) throw new Error(`bin/up did not start:\n${said}`)
  if (child.pid) process.kill(-child.pid, 'SIGINT')
  await once(child, 'exit')
  return seconds
}

function bareNode(): number {
  const begun = performance.now()
  execFileSync(process.execPath, ['-e', '0'])
  return (performance.now() - begun) / 1_000
}

/** How long `bin/up` takes on new data and on its own, in times of what this machine takes to start Node alone. */
export async function start(rounds: number): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'deskbridge-start-'))
  try {
    const first = await upAndDown(data)
    const again: number[] = []
    const bare: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      bare.push(bareNode())
      again.push(await upAndDown(data))
    }
    const node = quantile(bare, 0.5)
    const row = (name: string, seconds: number) =>
      console.log(`${name.padEnd(24)} ${seconds.toFixed(2).padStart(7)} s ${(seconds / node).toFixed(0).padStart(5)}×`)
    row('node -e 0', node)
    row('bin/up, on new data', first)
    row('bin/up, again (p50)', quantile(again, 0.5))
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}
