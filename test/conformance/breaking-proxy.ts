import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import mongoose from 'mongoose'

const { BSON } = mongoose.mongo
type Command = Record<string, unknown>

const message = 2013
const headerBytes = 16

/** Reads OP_MSG's sections into one command: its body, and the document sequences that belong to it. */
function decode(data: Buffer): Command {
  let at = headerBytes + 4
  let command: Command = {}
  while (at < data.length) {
    const kind = data[at]
    at += 1
    const size = data.readInt32LE(at)
    if (kind === 0)
      command = { ...BSON.deserialize(data.subarray(at, at + size), { promoteValues: false }), ...command }
    else {
      const nameEnd = data.indexOf(0, at + 4)
      const documents: unknown[] = []
      for (let start = nameEnd + 1; start < at + size; ) {
        const length = data.readInt32LE(start)
        documents.push(BSON.deserialize(data.subarray(start, start + length), { promoteValues: false }))
        start += length
      }
      command[data.toString('utf8', at + 4, nameEnd)] = documents
    }
    at += size
  }
  return command
}

function encode(data: Buffer, command: Command): Buffer {
  const body = Buffer.from(BSON.serialize(command))
  const head = Buffer.alloc(headerBytes + 5)
  data.copy(head, 0, 0, headerBytes + 4)
  head.writeInt32LE(head.length + body.length, 0)
  return Buffer.concat([head, body])
}

/** The first key is the command's name, and a rewritten one must keep it there. */
const inOrder = (before: Command, after: Command): Command => {
  const [name = ''] = Object.keys(before).filter((key) =>
    /^(insert|update|delete|find|findAndModify|aggregate|createIndexes|getMore|hello|ping)$/.test(key),
  )
  return name in after ? { [name]: after[name], ...after } : after
}

async function relay(
  target: URL,
  change: (data: Buffer) => Buffer,
  split: (pending: Buffer) => number,
): Promise<{ port: number; close(): Promise<void> }> {
  const { hostname, port } = target
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
        sockets.delete(socket)
      })
    }
    let pending = Buffer.alloc(0)
    client.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      for (let length = split(pending); length > 0 && length <= pending.length; length = split(pending)) {
        upstream.write(change(pending.subarray(0, length)))
        pending = pending.subarray(length)
      }
    })
    upstream.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** A MongoDB store that does one thing wrong: each command passes through `rewrite`. */
export async function breakMongo(
  url: string,
  rewrite: (command: Command) => Command,
): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(url)
  const change = (data: Buffer) => {
    if (data.readInt32LE(12) !== message) return data
    const command = decode(data)
    return encode(data, inOrder(command, rewrite(command)))
  }
  const proxy = await relay(target, change, (pending) => (pending.length >= 4 ? pending.readInt32LE(0) : 0))
  target.port = String(proxy.port)
  return { url: target.toString(), close: proxy.close }
}

/** A Redis store that lacks one thing: a word of the protocol is replaced by one of the same length. */
export async function breakRedis(url: string, word: string): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(url)
  const pattern = new RegExp(word, 'gi')
  const change = (data: Buffer) =>
    Buffer.from(data.toString('latin1').replaceAll(pattern, 'x'.repeat(word.length)), 'latin1')
  const proxy = await relay(target, change, (pending) => pending.length)
  target.port = String(proxy.port)
  return { url: target.toString(), close: proxy.close }
}
