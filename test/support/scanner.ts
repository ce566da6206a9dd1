/** A virus scanner as a process of its own, which speaks ClamAV's INSTREAM: `node scanner.ts`; prints its port. */
import { createServer } from 'node:net'

const command = 'zINSTREAM\0'

/** The bytes of all pieces once the last one is here, null before. */
function wholeOf(stream: Buffer): Buffer | null {
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= stream.length; ) {
    const length = stream.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    if (at + 4 + length > stream.length) return null
    pieces.push(stream.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

function verdictOn(bytes: Buffer): string {
  if (bytes.includes('a virus')) return 'stream: Test-Signature FOUND'
  return bytes.includes('a riddle') ? 'INSTREAM size limit exceeded. ERROR' : 'stream: OK'
}

const server = createServer((socket) => {
  let stream = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (data) => {
    stream = Buffer.concat([stream, data])
    const bytes = wholeOf(stream)
    if (bytes && !bytes.includes('no answer')) socket.end(`${verdictOn(bytes)}\0`)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})
