import type { ClientRequest, IncomingMessage } from 'node:http'
import { type Answer, keepAnswer } from './answer.ts'
import type { Dialler } from './dial.ts'
import { NoAnswer, type Unreachable, whyOf } from './unreachable.ts'

export type Exchanged = ({ kind: 'answered' } & Answer) | { kind: 'unreachable'; why: Unreachable }

interface Sent {
  headers: Record<string, string>
  body: Uint8Array
  /** Its reason is a `Cut`. */
  signal: AbortSignal
}

/** Bytes of the lines before a body; a remote that sends more of them makes no sense. */
const mostHeadBytes = 16_384

/** Sends one POST and reads its answer until the signal comes. Never rejects for what the remote does. */
export async function exchange(dialler: Dialler, url: URL, sent: Sent): Promise<Exchanged> {
  const { signal } = sent
  try {
    return { kind: 'answered', ...(await ask(dialler, url, sent)) }
  } catch (error) {
    return { kind: 'unreachable', why: whyOf(signal.aborted ? signal.reason : error) }
  }
}

async function ask(dialler: Dialler, url: URL, { headers, body, signal }: Sent): Promise<Answer> {
  const request = dialler.request(url, { method: 'POST', headers, signal, maxHeaderSize: mostHeadBytes })
  try {
    const answered = responseTo(request)
    request.end(body)
    return await keepAnswer(await answered)
  } catch (error) {
    request.destroy()
    // An idle connection that its remote has closed meanwhile says nothing about the remote; each is used up by this.
    const wasIdle = request.reusedSocket && !signal.aborted && whyOf(error) === 'reset'
    if (wasIdle) return ask(dialler, url, { headers, body, signal })
    throw error
  }
}

const responseTo = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    let isAnswered = false
    request.once('response', (response) => {
      isAnswered = true
      resolve(response)
    })
    request.on('error', reject)
    request.once('close', () => isAnswered || reject(new NoAnswer('closed without an answer')))
  })
