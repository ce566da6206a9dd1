import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { Failure } from '../../../src/bridge/port/failure.ts'
import { aConnector, aLink, aReply, channelInfo, identity, refused } from './arrange.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const known: Record<string, object> = { '/api/auth.test': identity(), '/api/conversations.info': channelInfo() }

/** A server over real HTTP that knows who we are and does with posts what the test says. */
async function aServer(onPost: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () =>
      request.url?.startsWith('/api/chat.') ? onPost(response) : response.end(JSON.stringify(known[request.url ?? ''])),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
}

const answer =
  (body: object | string, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers)
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
const limited = fixture('slack/ratelimited')

const cases: [what: string, onPost: (response: ServerResponse) => void, failure: Failure][] = [
  [
    'a limit',
    answer(limited.body, limited.status, limited.headers),
    { kind: 'limited', scope: 'destination', afterMs: 30_000 },
  ],
  ['a limit without a time', answer('', 429), { kind: 'limited', scope: 'destination', afterMs: 30_000 }],
  [
    'a limit that is over already',
    answer('', 429, { 'retry-after': '0' }),
    { kind: 'limited', scope: 'destination', afterMs: 1_000 },
  ],
  ['a connection that breaks after sending', (response) => response.destroy(), { kind: 'ambiguous' }],
  ['no answer in time', () => {}, { kind: 'ambiguous' }],
  [
    'half an answer',
    (response) => response.writeHead(200, { 'content-length': '100' }).write('{"ok":'),
    { kind: 'ambiguous' },
  ],
  ['an outage', answer('upstream', 503), { kind: 'ambiguous' }],
  ['a redirection', answer('', 302, { location: '/elsewhere' }), { kind: 'ambiguous' }],
  ['HTML', answer('<html>maintenance</html>'), { kind: 'ambiguous' }],
  ['JSON of another shape', answer({ ok: true }), { kind: 'ambiguous' }],
  ['an error inside Slack', answer(refused('internal_error')), { kind: 'ambiguous' }],
  ['an archived channel', answer(refused('is_archived')), { kind: 'halted' }],
  [
    'a thread that is gone',
    answer(refused('thread_not_found')),
    { kind: 'repair', remote: {}, unseen: true, readFirst: true },
  ],
  ['a text that is too long', answer(refused('msg_too_long')), { kind: 'refused' }],
]

/** Only these wait for the deadline, within which it is also asked who we are. */
const unanswered = ['no answer in time', 'half an answer']

it.each(cases)('knows what %s means for a post', async (what, onPost, failure) => {
  const timeoutMs = unanswered.includes(what) ? 4_000 : 30_000
  const { connector } = aConnector({ apiUrl: await aServer(onPost), timeoutMs })
  await expect(connector.perform(aReply(), aLink())).rejects.toMatchObject({ name: 'RemoteFailure', failure })
})

const inShop = aReply({ body: { ...Object(aReply().body), channel: 'C0SHOP0001' } })

it.each([
  ['an archived channel', answer(refused('is_archived')), { kind: 'halted', scope: 'link' }],
  ['a channel without us', answer(refused('not_in_channel')), { kind: 'halted', scope: 'link' }],
  ['a limit', answer('', 429), { kind: 'limited', scope: 'link', afterMs: 30_000 }],
  ['a revoked token', answer(refused('token_revoked')), { kind: 'halted' }],
])('keeps the chats of other inboxes going when an inbox’s own channel has trouble: %s', async (_, onPost, failure) => {
  const { connector } = aConnector({
    apiUrl: await aServer(onPost),
    timeoutMs: 30_000,
    channels: { shop: { channel: 'C0SHOP0001' } },
  })
  await expect(connector.perform(inShop, aLink())).rejects.toMatchObject({ name: 'RemoteFailure', failure })
})

it.each<[string, string, Failure]>([
  ['goes on elsewhere once it is archived', 'is_archived', { kind: 'repair', remote: {}, unseen: true }],
  ['goes on elsewhere once the app is not in it', 'not_in_channel', { kind: 'repair', remote: {}, unseen: true }],
  ['stays while only we may not post', 'restricted_action', { kind: 'halted', scope: 'link' }],
])('a chat in a channel that nobody names any more %s', async (_, code, failure) => {
  const { connector } = aConnector({ apiUrl: await aServer(answer(refused(code))), timeoutMs: 30_000 })
  await expect(connector.perform(inShop, aLink())).rejects.toMatchObject({ name: 'RemoteFailure', failure })
})

it('knows that a refused connection had no effect', async () => {
  const apiUrl = await aServer(() => {})
  for (const close of closing.splice(0)) close()
  const { connector } = aConnector({ apiUrl })
  await expect(connector.perform(aReply(), aLink())).rejects.toMatchObject({ failure: { kind: 'transient' } })
})

it('sends a post once however it fails', async () => {
  let posts = 0
  const apiUrl = await aServer((response) => {
    posts += 1
    response.destroy()
  })
  await aConnector({ apiUrl })
    .connector.perform(aReply(), aLink())
    .catch(() => {})
  expect(posts).toBe(1)
})
