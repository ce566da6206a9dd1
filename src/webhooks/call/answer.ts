import type { IncomingMessage } from 'node:http'

/** What is kept of an answer, for whoever looks why a call failed. */
export interface Answer {
  status: number
  headers: readonly AnswerHeader[]
  /** UTF-8 as far as it is that. */
  body: string
  /** There was more of it, or it did not come to its end. */
  truncated: boolean
}

/** A list and no map: a remote may name its headers `a.b`, `$c` or `__proto__`. */
export interface AnswerHeader {
  name: string
  value: string
}

const mostBytes = 20_000
const mostHeaders = 50
const mostHeaderCharacters = 4_000

/**
 * Reads the beginning of an answer and leaves the rest: whoever sends more than that, or stops in the middle, is hung up
 * on. The status has come by then, and it alone is what the receiver says of the call.
 */
export const keepAnswer = (response: IncomingMessage): Promise<Answer> =>
  new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    const settle = (isWhole: boolean) => resolve(answerOf(response, Buffer.concat(chunks), isWhole))
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, mostBytes - size))
      size += chunk.length
      if (size <= mostBytes) return
      settle(false)
      response.destroy()
    })
    response.once('end', () => settle(true))
    response.once('error', () => settle(false))
    response.once('close', () => settle(false))
  })

function answerOf({ statusCode, rawHeaders }: IncomingMessage, bytes: Uint8Array, isWhole: boolean): Answer {
  // What ends within a letter loses that letter.
  const body = new TextDecoder().decode(bytes, { stream: !isWhole })
  return { status: statusCode ?? 0, headers: keepHeaders(rawHeaders), body, truncated: !isWhole }
}

/** Cookies are for nobody here, and are somebody's secret. */
function keepHeaders(raw: readonly string[]): AnswerHeader[] {
  const kept: AnswerHeader[] = []
  let room = mostHeaderCharacters
  for (let at = 0; at + 1 < raw.length && kept.length < mostHeaders; at += 2) {
    const [name = '', value = ''] = [raw[at]?.toLowerCase(), raw[at + 1]]
    if (name === 'set-cookie') continue
    room -= name.length + value.length
    if (room < 0) break
    kept.push({ name, value })
  }
  return kept
}
