import type { Connection } from 'mongoose'
import type { Link } from '../../src/bridge/links/link.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import type { Finding } from './oracle.ts'
import type { Everything } from './stands.ts'

/** Lines of the processes' logs about one chat. */
const mostLines = 60

/** The life of the message that something is wrong with: all that is known of it, anywhere. */
export async function lifeOf(
  connection: Connection,
  log: readonly string[],
  there: Everything,
  finding: Finding,
): Promise<string> {
  const { chat, token } = finding
  const session = chat.session as LogEvent['session']
  const events = await connection.collection<LogEvent>('events').find({ session }).sort({ seq: 1 }).toArray()
  const own = events.filter((event) => event.type === 'message' && event.body.content.includes(token))
  const seqs = own.map(({ seq }) => seq)
  const links = await connection.collection<Link>('links').find({ session }).toArray()
  const bindings = await connection.collection('bindings').find({ session }).toArray()
  const arrivals = await connection.collection('inbox').find({}).toArray()
  const deliveries = await connection
    .collection('deliveries')
    .find({ session, seq: { $in: seqs } })
    .toArray()
  const threads = links.flatMap(({ remote }) => remote.thread ?? [])
  const part = (title: string, all: readonly unknown[]) =>
    `  ${title}\n${all.map((one) => `    ${JSON.stringify(one)}\n`).join('')}`
  return [
    `${finding.wrong} at the ${finding.place}: ${token} of chat ${chat.index} (${session})\n`,
    part('the event', own),
    part('the log', [events.map(({ seq, key, type }) => `${seq} ${type} ${key}`)]),
    part(
      'the links',
      links.map(({ _id, remote, outbound, inbound }) => ({ _id, remote, outbound, inbound })),
    ),
    part(
      'bound there',
      bindings.filter(({ from, to }) => seqs.some((seq) => from <= seq && seq <= to)),
    ),
    part('webhooks', deliveries),
    part(
      'arrivals',
      arrivals.filter(({ thread }) => threads.includes(thread)),
    ),
    part(
      'thread',
      (there.threads.get(session) ?? []).flatMap(({ replies }) => replies).filter(({ text }) => text.includes(token)),
    ),
    part(
      'tickets',
      (there.tickets.get(session) ?? []).map(({ id, status, deleted, comments }) => ({
        id,
        status,
        deleted,
        comments: comments.filter(({ body }) => body.includes(token)),
      })),
    ),
    part('said about it', log.filter((line) => line.includes(session)).slice(-mostLines)),
  ].join('')
}
