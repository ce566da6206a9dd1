import { once } from 'node:events'
import { connect } from 'node:net'

export interface RawEvent {
  id: string
  event: string
  data: { seq: number; prev?: number; content?: string }
}

/** A reader of a stream who can stop taking bytes off the line. */
export async function aRawStream(url: string) {
  const { hostname, port, pathname, search } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  let isEnded = false
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => (text += chunk))
  socket.on('error', () => {})
  socket.once('close', () => (isEnded = true))
  await once(socket, 'connect')
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  return {
    socket,
    ended: () => isEnded,
    /** Whole ones; what the end cut off comes again. */
    events: () => eventsIn(text),
  }
}

/** Frames of the stream stand between the chunks of HTTP, whose sizes are lines of their own. */
function eventsIn(text: string): RawEvent[] {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  const plain = body.replaceAll(/(?:^|\r\n)[0-9a-f]+\r\n/g, '')
  return plain
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.includes('data:'))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
    })
}
