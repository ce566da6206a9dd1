import type { Message } from '../src/contract/chat.ts'
import type { SessionId } from '../src/contract/ids.ts'
import { createIds } from '../src/platform/ids.ts'

const questions = [
  'Good morning! I ordered the blue pot on Monday and wonder when it will arrive.',
  'The tracking page says "label created" since Tuesday, is that normal?',
  'Could you change the address to Linden Street 14, please? I typed the old one.',
  'I was charged twice for one order, my bank shows two payments of 49.90.',
  'ok thanks',
  'Does the lid fit the 24 cm pan as well, or only the 28 cm one?',
  'I cannot sign in since the update, it just says "something went wrong".',
  'Yes, that is me.',
  'Is there a way to return it in a shop instead of by mail? The next post office is half an hour away.',
  'It arrived with a crack along the handle. I can send you a picture if that helps.',
]
const answers = [
  'Hello! Thanks for writing. Let me look that up for you, it takes a minute.',
  'I see your order here: it left our warehouse yesterday evening and should be with you tomorrow before noon.',
  'Of course. I have changed the address, and you will get a new confirmation by email in a moment.',
  'I am sorry about that! One of the two payments is only reserved and goes back by itself within three days.',
  'Could you tell me the number of your order? It begins with DB- and stands in the subject of the email.',
  'You are welcome. Is there anything else that I can do for you today?',
  'Yes, it fits both, there is a small rim on the inside that holds it in place.',
  'I have asked our colleagues in the workshop, and will write here as soon as I know more.',
]

const ids = createIds()
const pick = <T>(all: readonly T[], index: number): T | undefined => all[(index * 7 + (index >> 2)) % all.length]

/** A chat as two people write it, with numbers and words that do not repeat. */
function messageAt(index: number, sessionId: SessionId, people: { visitor: string; agent: string }): Message {
  const byVisitor = index % 5 < 3
  const said = pick(byVisitor ? questions : answers, index) ?? ''
  return {
    id: ids.event(),
    seq: index + 2,
    sessionId,
    senderId: byVisitor ? people.visitor : people.agent,
    senderType: byVisitor ? 'visitor' : 'agent',
    senderName: byVisitor ? 'Ana Lindqvist' : 'Grace Hopper',
    senderPicture: byVisitor ? null : `https://chat.example.com/api/chat/pictures/pic_${'0'.repeat(24)}`,
    messageType: 'text',
    content: index % 3 === 0 ? `${said} (DB-${(index * 7_919) % 100_000}, ${ids.token().slice(0, 6)})` : said,
    file: null,
    editedAt: null,
    deleted: false,
    isInternal: false,
    createdAt: new Date(1_790_000_000_000 + index * 17_311).toISOString(),
    clientMessageId: crypto.randomUUID(),
  }
}

function chatOf(count: number): Message[] {
  const session = ids.session()
  const people = { visitor: ids.visitor(), agent: ids.agent() }
  return Array.from({ length: count }, (_, index) => messageAt(index, session, people))
}

export const historyPage = (count: number): Buffer => {
  const messages = chatOf(count)
  return Buffer.from(
    JSON.stringify({ sessionId: ids.session(), epoch: ids.epoch(), seq: count + 1, messages, hasMore: true }),
  )
}

export const transcriptText = (count: number): Buffer =>
  Buffer.from(
    chatOf(count)
      .map(({ createdAt, senderName, content }) => `[${createdAt}] ${senderName}\n${content}\n`)
      .join('\n'),
  )

/** What live readers are sent, frame by frame. */
export const frames = (line: 'stream' | 'socket', count: number): Buffer[] =>
  chatOf(count).map((message, index) => {
    const data = { ...message, prev: index + 1 }
    return Buffer.from(
      line === 'socket'
        ? `42${JSON.stringify(['new_message', data])}`
        : `event: new_message\ndata: ${JSON.stringify(data)}\nid: ${ids.epoch()}:${message.seq}\n\n`,
    )
  })
