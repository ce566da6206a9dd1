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
export async function keepAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Uint8Array[] = []
  let size = 0
  let isWhole = true
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, mostBytes - size))
      size += chunk.length
      isWhole = size <= mostBytes
      if (!isWhole) break
    }
  } catch {
    isWhole = false
  }
  // What ends within a letter loses that letter.
  const body = new TextDecoder().decode(Buffer.concat(chunks), { stream: !isWhole })
  return { status: response.statusCode ?? 0, headers: keepHeaders(response.rawHeaders), body, truncated: !isWhole }
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
