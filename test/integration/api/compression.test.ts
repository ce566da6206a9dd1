import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aTalk } from '../../support/chat.ts'

let talk: Awaited<ReturnType<typeof aTalk>>
beforeAll(async () => {
  talk = await aTalk()
  const { chat, sessionId, answering } = talk
  for (let index = 0; index < 30; index += 1)
    await answering.ask('send_message', chat.aMessage(sessionId, `answer number ${index} of a long afternoon`))
})
afterAll(() => talk.chat.close())

/** As it comes over the line: `fetch` would undo the encoding. */
async function raw(path: string, acceptEncoding: string) {
  const headers = { authorization: `Bearer ${talk.token}`, 'accept-encoding': acceptEncoding }
  return new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>((resolve, reject) => {
    request(`${talk.chat.node().url}${path}`, { headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        const { 'content-encoding': encoding, vary } = response.headers
        resolve({ encoding, vary, body: Buffer.concat(pieces) })
      })
    })
      .once('error', reject)
      .end()
  })
}

it.each(['/messages', '/transcript?format=html', '/transcript?format=json'])(
  'brings %s compressed to whoever takes it, and the same plain to whoever does not',
  async (path) => {
    const whole = `/api/chat/sessions/${talk.sessionId}${path}`
    const [small, plain] = [await raw(whole, 'gzip'), await raw(whole, 'identity')]
    expect({
      encodings: [small.encoding, plain.encoding],
      vary: [small.vary, plain.vary].map((vary) => vary?.includes('accept-encoding')),
      same: gunzipSync(small.body).equals(plain.body),
      isSmaller: small.body.length < plain.body.length / 2,
    }).toEqual({ encodings: ['gzip', undefined], vary: [true, true], same: true, isSmaller: true })
  },
)
