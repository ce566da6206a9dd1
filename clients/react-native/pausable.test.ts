import { expect, it } from 'vitest'
import type { Line, Transport } from '../core/index.ts'
import { createPausable } from './pausable.ts'

/** Lines in memory, each of which says what it was asked and tells of itself when the test says so. */
function aTransport() {
  const lines: { up(): void; down(): void; asked: string[]; isClosed: boolean }[] = []
  const connect = (): Line => {
    const one = { up: () => {}, down: () => {}, asked: [] as string[], isClosed: false }
    lines.push(one)
    return {
      on: () => {},
      onUp: (listener) => void (one.up = listener),
      onDown: (listener) => void (one.down = () => listener(false)),
      ask: async (event) => {
        one.asked.push(event)
        return { ok: true }
      },
      close() {
        one.isClosed = true
        one.down()
      },
    }
  }
  return { lines, transport: { connect } as unknown as Transport }
}

function aPausedLine() {
  const { lines, transport } = aTransport()
  const pausable = createPausable(transport)
  const line = pausable.transport.connect(() => 'token')
  const heard: string[] = []
  line.onUp(() => heard.push('up'))
  line.onDown(() => heard.push('down'))
  lines[0]?.up()
  pausable.pause()
  return { lines, pausable, line, heard }
}

it('is down while it is paused, and up on another line afterwards', async () => {
  const { lines, pausable, line, heard } = aPausedLine()
  await expect(line.ask('typing', {})).rejects.toThrow('background')
  pausable.resume()
  lines[1]?.up()
  // What was closed may still speak.
  lines[0]?.up()
  await line.ask('typing', {})
  expect({ heard, closed: lines.map(({ isClosed }) => isClosed), asked: lines.map(({ asked }) => asked) }).toEqual({
    heard: ['up', 'down', 'up'],
    closed: [true, false],
    asked: [[], ['typing']],
  })
})

it('opens no line again that was closed for good', () => {
  const { lines, pausable, line } = aPausedLine()
  line.close()
  pausable.resume()
  expect(lines).toHaveLength(1)
})
