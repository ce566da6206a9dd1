/**
 * The service as a process that can be stopped to the step: messages of the parent arm a point, and all processes read
 * one clock.
 */
import { readFileSync } from 'node:fs'
import { loadEdited } from '../mutants/load-edited.ts'
import { chosenEdits } from '../mutants/mutants.ts'
import { inOneInstant, type PointName, points } from './points.ts'

export type ToNode = { kind: 'arm'; point: PointName } | { kind: 'disarm' } | { kind: 'go_on' }
export type FromNode = { kind: 'at'; point: PointName } | { kind: 'started' }

const edits = [...chosenEdits(), inOneInstant, ...points.map(({ edit }) => edit)]
loadEdited(edits)

let armed: PointName | null = null
let goOn: (() => void) | null = null

Reflect.set(globalThis, 'atPoint', async (point: PointName) => {
  if (armed !== point) return
  armed = null
  const gone = new Promise<void>((resolve) => {
    goOn = resolve
  })
  process.send?.({ kind: 'at', point } satisfies FromNode)
  await gone
})

process.on('message', (message: ToNode) => {
  if (message.kind === 'go_on') goOn?.()
  else armed = message.kind === 'arm' ? message.point : null
})
process.on('disconnect', () => process.exit())

const clock = process.env.DESKBRIDGE_CLOCK ?? ''
let offset = 0
const readClock = () => {
  offset = Number(readFileSync(clock, 'utf8'))
}
readClock()
setInterval(readClock, 100).unref()

const { startService } = await import('../../src/service.ts')
const { loadConfig } = await import('../../src/platform/config.ts')
const { createLogger } = await import('../../src/platform/log-output.ts')

const config = loadConfig(process.env)
const logger = createLogger(config.logLevel)
const service = await startService(config, { now: () => Date.now() + offset, logger })
process.send?.({ kind: 'started' } satisfies FromNode)
process.once('SIGTERM', async () => {
  await service.stop()
  process.exit(0)
})
