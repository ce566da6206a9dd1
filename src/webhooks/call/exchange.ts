import type { ClientRequest, IncomingMessage } from 'node:http'
import { type Answer, keepAnswer } from './answer.ts'
import type { Dialler } from './dial.ts'
import { NoAnswer, type Unreachable, whyOf } from './unreachable.ts'

export type Exchanged = ({ kind: 'answered' } & Answer) | { kind: 'unreachable'; why: Unreachable }

/** Bytes of the lines before a body; a remote that sends more of them makes no sense. */
const mostHeadBytes = 16_384

/** Sends one POST and reads its answer until `signal`. Its reason is a `Cut`. Never rejects for what the remote does. */
export async function exchange(
  dialler: Dialler,
  url: URL,
  { headers, body, signal }: { headers: Record<string, string>; body: Uint8Array; signal: AbortSignal },
): Promise<Exchanged> {
  let request: ClientRequest | undefined
  try {
    request = dialler.request(url, { method: 'POST', headers, signal, maxHeaderSize: mostHeadBytes })
    const answered = responseTo(request, signal)
    request.end(body)
    return { kind: 'answered', ...(await keepAnswer(await answered)) }
  } catch (error) {
    request?.destroy()
    const why = whyOf(signal.aborted ? signal.reason : error)
    // An idle connection that its remote has closed meanwhile says nothing about the remote; each is used up by this.
    if (why === 'reset' && request?.reusedSocket) return exchange(dialler, url, { headers, body, signal })
    return { kind: 'unreachable', why }
  }
}

/** The signal is heard here as well: a request that waits for a connection does not hear it. */
function responseTo(request: ClientRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
    request.once('close', () => reject(new NoAnswer('closed without an answer')))
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
