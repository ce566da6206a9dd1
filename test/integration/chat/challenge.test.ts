import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aChat, type TestChat } from '../../support/chat.ts'

let open: TestChat | undefined
let server: Server | undefined
afterEach(async () => {
  await open?.close()
  server?.closeAllConnections()
  server?.close()
  open = server = undefined
})

/** A verifier to which the answer 'right' is right. */
async function aVerifier(reply?: (response: ServerResponse) => void) {
  const asked: Record<string, string>[] = []
  server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    asked.push({ ...form, type: request.headers['content-type'] ?? '' })
    if (reply) return reply(response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: form.response === 'right', 'error-codes': [] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify` }
}

async function anInstallation(verifyUrl: string, challenge: object, more: object = {}) {
  const inbox = { key: 'default', name: 'Everyone', allowedOrigins: ['*'] }
  const inboxes = [Inbox.parse({ ...inbox, challenge }), Inbox.parse({ ...inbox, key: 'other' })]
  const script = { scriptUrl: 'https://challenge.example/api.js', scriptSources: [] }
  const config = { kind: 'http', verifyUrl, siteKey: 'site', secret: 'hush', timeout: 300, whenDown: 'open', ...script }
  const chat = await aChat({ config: { inboxes, trustedProxies: 1, challenge: { ...config, ...more } as never } })
  open = chat
  return async (body: object = {}) => {
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    const answer = await chat.call('POST', '/api/chat/sessions', { body, headers })
    return answer.body.error ?? answer.status
  }
}
const details = { siteKey: 'site', scriptUrl: 'https://challenge.example/api.js' }
const required = { code: 'challenge_required', details }

it('asks for the challenge before a chat, and has its answer verified', async () => {
  const { url, asked } = await aVerifier()
  const start = await anInstallation(url, { when: 'always' }, { timeout: 10_000 })
  const answers = [
    await start(),
    await start({ challengeAnswer: 'wrong' }),
    await start({ challengeAnswer: 'right' }),
    await start({ inboxKey: 'other' }),
  ]
  const form = { secret: 'hush', remoteip: '192.0.2.1', type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  expect([answers, asked, await open?.written()]).toMatchObject([
    [required, required, 201, 201],
    [
      { ...form, response: 'wrong' },
      { ...form, response: 'right' },
    ],
    2,
  ])
})

it('asks while more chats are started than usual, in that inbox alone', async () => {
  const { url } = await aVerifier()
  const start = await anInstallation(url, { when: 'flood', floodAbove: 2 })
  const answers = [await start(), await start(), await start(), await start({ challengeAnswer: 'right' })]
  expect([answers, await start({ inboxKey: 'other' })]).toMatchObject([[201, 201, required, 201], 201])
})

const broken: [string, (response: ServerResponse) => void][] = [
  ['does not answer in time', () => {}],
  ['fails', (response) => response.writeHead(500).end()],
  ['sends elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['answers nonsense', (response) => response.end('<html>')],
]

it.each(broken)('lets chats in within the other limits, or none, when the verifier %s', async (_name, reply) => {
  const { url } = await aVerifier(reply)
  const opened = await (await anInstallation(url, { when: 'always' }))({ challengeAnswer: 'any' })
  await open?.close()
  const closed = await (await anInstallation(url, { when: 'always' }, { whenDown: 'closed' }))({
    challengeAnswer: 'any',
  })
  expect([opened, closed]).toMatchObject([201, required])
})
