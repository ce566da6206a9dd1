import { connect, type Socket } from 'node:net'
import { DeskbridgeError } from '../../contract/errors.ts'

/** Throws `file_refused` for what a scanner knows, `unavailable` when it cannot say. */
export type Scan = (bytes: Uint8Array) => Promise<void>

const mostMs = 30_000
const chunkBytes = 64_000

/** ClamAV's daemon over TCP (`tcp://host:3310`), by its command INSTREAM; without an address nothing is scanned. */
export function createScan(address: string | undefined, patienceMs = mostMs): Scan {
  if (!address) return async () => {}
  const { hostname, port } = new URL(address)
  return async (bytes) => {
    const verdict = await ask({ host: hostname, port: Number(port) }, bytes, patienceMs).catch((cause: unknown) => {
      throw new DeskbridgeError('unavailable', { cause })
    })
    if (verdict === 'stream: OK') return
    if (/^stream: .* FOUND$/.test(verdict)) throw new DeskbridgeError('file_refused')
    throw new DeskbridgeError('unavailable', { cause: new Error(`the scanner answered: ${verdict.slice(0, 200)}`) })
  }
}

async function ask(where: { host: string; port: number }, bytes: Uint8Array, patienceMs: number): Promise<string> {
  const socket = connect(where)
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('the scanner does not answer')))
  try {
    const answer = wholeAnswer(socket)
    for (const part of stream(bytes)) socket.write(part)
    return await answer
  } finally {
    socket.destroy()
  }
}

/** Each piece after its length, and a length of 0 at the end. */
function* stream(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0')
  for (let start = 0; start < bytes.byteLength; start += chunkBytes) {
    const piece = bytes.subarray(start, start + chunkBytes)
    yield lengthOf(piece.byteLength)
    yield piece
  }
  yield lengthOf(0)
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

async function wholeAnswer(socket: Socket): Promise<string> {
  let answer = ''
  for await (const piece of socket) {
    answer += String(piece)
    if (answer.includes('\0')) break
  }
  return answer.replace(/\0.*$/s, '').trim()
}
