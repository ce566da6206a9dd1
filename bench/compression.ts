import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { frames, historyPage, transcriptText } from './payloads.ts'

/** Made anew for each payload, as a response is. */
interface Whole {
  name: string
  squeeze(body: Buffer): Promise<Buffer>
}

const [gzip, brotli] = [promisify(zlib.gzip), promisify(zlib.brotliCompress)]
const brotliAt = (quality: number) => ({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } })
const wholes: readonly Whole[] = [
  { name: 'gzip 1', squeeze: (body) => gzip(body, { level: 1 }) },
  { name: 'gzip 6', squeeze: (body) => gzip(body, { level: 6 }) },
  { name: 'brotli 1', squeeze: (body) => brotli(body, brotliAt(1)) },
  { name: 'brotli 4', squeeze: (body) => brotli(body, brotliAt(4)) },
  { name: 'brotli 6', squeeze: (body) => brotli(body, brotliAt(6)) },
]

/** Kept for as long as a connection lives; each frame leaves at once. */
interface Flowing {
  name: string
  open(): zlib.Gzip | zlib.DeflateRaw | zlib.BrotliCompress
  flush: number
  /** Bytes at the end of each frame that the receiver is expected to know. */
  known: number
  /** A fresh one for each frame. */
  isShort?: true
}

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants
const streams: readonly Flowing[] = [
  { name: 'gzip 6', open: () => zlib.createGzip({ level: 6 }), flush: Z_SYNC_FLUSH, known: 0 },
  { name: 'gzip 1', open: () => zlib.createGzip({ level: 1 }), flush: Z_SYNC_FLUSH, known: 0 },
  { name: 'brotli 4', open: () => zlib.createBrotliCompress(brotliAt(4)), flush: BROTLI_OPERATION_FLUSH, known: 0 },
]
const sockets: readonly Flowing[] = [
  { name: 'permessage-deflate', open: () => zlib.createDeflateRaw(), flush: Z_SYNC_FLUSH, known: 4 },
  {
    name: 'permessage-deflate, small window',
    open: () => zlib.createDeflateRaw({ windowBits: 10, memLevel: 4 }),
    flush: Z_SYNC_FLUSH,
    known: 4,
  },
  {
    name: 'permessage-deflate, no context',
    open: () => zlib.createDeflateRaw(),
    flush: Z_SYNC_FLUSH,
    known: 4,
    isShort: true,
  },
]

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}

const row = (cells: readonly string[]) =>
  console.log(`| ${cells.map((cell, index) => (index < 2 ? cell.padEnd(34) : cell.padStart(12))).join(' | ')} |`)

async function measureWhole(name: string, body: Buffer, rounds: number): Promise<void> {
  for (const { name: how, squeeze } of wholes) {
    const small = await squeeze(body)
    const start = process.cpuUsage()
    for (let round = 0; round < rounds; round += 1) await squeeze(body)
    const ms = cpuMs(start) / rounds
    row([name, how, String(body.length), String(small.length), share(small.length, body.length), ms.toFixed(3), '–'])
  }
}

const share = (small: number, whole: number): string => `${Math.round((small / whole) * 100)} %`

/** All frames through one compressor, each flushed: the bytes that leave. */
async function through({ open, flush, known, isShort }: Flowing, all: readonly Buffer[]): Promise<number> {
  let bytes = 0
  const fresh = () => open().on('data', (chunk: Buffer) => (bytes += chunk.length))
  let compressor = fresh()
  for (const frame of all) {
    compressor.write(frame)
    await new Promise<void>((resolve) => compressor.flush(flush, () => resolve()))
    bytes -= known
    if (!isShort) continue
    compressor.close()
    compressor = fresh()
  }
  compressor.close()
  return bytes
}

/** What one more open connection costs that has carried all frames, in kB. */
async function memoryOf(flowing: Flowing, all: readonly Buffer[], count: number): Promise<number> {
  if (flowing.isShort) return 0
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const open = Array.from({ length: count }, () => flowing.open().on('data', () => {}))
  for (const frame of all.slice(0, 50)) {
    for (const compressor of open) compressor.write(frame)
    await Promise.all(open.map((one) => new Promise<void>((resolve) => one.flush(flowing.flush, () => resolve()))))
  }
  globalThis.gc?.()
  const each = (process.memoryUsage().rss - before) / count / 1_000
  for (const compressor of open) compressor.close()
  return each
}

async function measureFlowing(name: string, all: readonly Buffer[], ways: readonly Flowing[], rounds: number) {
  const whole = all.reduce((sum, { length }) => sum + length, 0)
  for (const way of ways) {
    const bytes = await through(way, all)
    const start = process.cpuUsage()
    for (let round = 0; round < rounds; round += 1) await through(way, all)
    const ms = cpuMs(start) / rounds
    const memory = await memoryOf(way, all, 200)
    row([name, way.name, String(whole), String(bytes), share(bytes, whole), ms.toFixed(3), `${memory.toFixed(0)} kB`])
  }
}

/** What compressing wins in bytes and costs in CPU, and in memory for each connection that stays open. */
export async function compression(rounds: number): Promise<void> {
  row(['', '', 'bytes', 'compressed', 'of it', 'CPU ms', 'a connection'])
  row(Array.from({ length: 7 }, () => '---'))
  for (const [name, body] of [
    [
      'an error',
      Buffer.from(
        '{"error":{"code":"not_found","message":"There is no such thing here, or this token may not see it."}}',
      ),
    ],
    ['5 messages', historyPage(5)],
    ['history, 50 messages', historyPage(50)],
    ['history, 200 messages', historyPage(200)],
    ['transcript, 1,000 messages', transcriptText(1_000)],
  ] as const)
    await measureWhole(name, body, rounds)
  await measureFlowing('stream, 200 frames', frames('stream', 200), streams, rounds / 10)
  await measureFlowing('socket, 200 frames', frames('socket', 200), sockets, rounds / 10)
}
