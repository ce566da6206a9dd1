import { setDefaultCACertificates } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { aCertificate } from '../../../test/support/certificate.ts'
import { aRemote } from '../../../test/support/webhook-remote.ts'
import { readAllowed } from './address.ts'
import { createDialler, type Dialler } from './dial.ts'
import { exchange } from './exchange.ts'
import type { Resolve } from './resolve.ts'

function aDialler(resolve: Resolve, allow: readonly string[] = ['127.0.0.1']): Dialler {
  const dialler = createDialler({ allowed: readAllowed(allow), resolve })
  onTestFinished(() => dialler.close())
  return dialler
}

const post = (dialler: Dialler, url: string) =>
  exchange(dialler, new URL(url), { headers: {}, body: Buffer.from('{}'), signal: AbortSignal.timeout(5_000) })

/** Each answer ends the connection, so that the next call is dialled again. */
const aClosingRemote = () =>
  aRemote((_request, response) => response.writeHead(200, { connection: 'close' }).end('here'))
const here = { kind: 'answered', status: 200, body: 'here' }
const nowhere = (why: string) => ({ kind: 'unreachable', why })
const unresolved: Resolve = async () => Promise.reject(new Error('nobody is to be asked'))

it('dials the addresses that it has checked, whatever the DNS says a moment later', async () => {
  await using remote = await aClosingRemote()
  let asked = 0
  const dialler = aDialler(async () => [asked++ === 0 ? '127.0.0.1' : '127.0.0.2'])
  const first = await post(dialler, `http://hooks.example:${remote.port}/`)
  const askedForFirst = asked
  const second = await post(dialler, `http://hooks.example:${remote.port}/`)
  expect([first, askedForFirst, second, asked, remote.opened]).toEqual([
    expect.objectContaining(here),
    1,
    nowhere('forbidden_address'),
    2,
    1,
  ])
})

it('dials none but the good ones among the addresses of a name', async () => {
  await using remote = await aClosingRemote()
  const dialler = aDialler(async () => ['127.0.0.2', '10.0.0.1', '169.254.169.254', '::1', '127.0.0.1', '0.0.0.0'])
  expect(await post(dialler, `http://hooks.example:${remote.port}/`)).toMatchObject(here)
  expect(remote.received[0]?.headers.host).toBe(`hooks.example:${remote.port}`)
})

it('tries the next address when one does not answer', async () => {
  await using remote = await aClosingRemote()
  const dialler = aDialler(async () => ['::1', '127.0.0.1'], ['127.0.0.1', '::1'])
  expect(await post(dialler, `http://hooks.example:${remote.port}/`)).toMatchObject(here)
})

it('tells why none of the addresses answers', async () => {
  const remote = await aClosingRemote()
  await remote[Symbol.asyncDispose]()
  const dialler = aDialler(async () => ['127.0.0.1', '127.0.0.2'], ['127.0.0.0/8'])
  expect(await post(dialler, `http://hooks.example:${remote.port}/`)).toEqual(nowhere('refused'))
})

it.each([
  ['private', ['192.168.0.1', '10.0.0.1']],
  ['metadata', ['169.254.169.254']],
  ['loopback of IPv6', ['::1']],
  ['mapped', ['::ffff:192.168.0.1']],
  ['public, without encryption', ['93.184.216.34']],
])('dials nothing for a name whose addresses are %s', async (_what, addresses) => {
  expect(
    await post(
      aDialler(async () => addresses),
      'http://hooks.example/',
    ),
  ).toEqual(nowhere('forbidden_address'))
})

it.each([
  ['private', 'https://192.168.0.1/'],
  ['of this machine', 'http://127.0.0.2/'],
  ['of this machine, written in one number', 'http://2130706434/'],
  ['of IPv6', 'http://[::1]/'],
])('dials no address in place of a name that is %s', async (_what, url) => {
  expect(await post(aDialler(unresolved), url)).toEqual(nowhere('forbidden_address'))
})

it('dials an address in place of a name that is allowed, and asks nobody for it', async () => {
  await using remote = await aClosingRemote()
  expect(await post(aDialler(unresolved), `http://127.0.0.1:${remote.port}/`)).toMatchObject(here)
})

it('says that a name has no address', async () => {
  const resolve = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  expect(await post(aDialler(resolve), 'https://hooks.example/')).toEqual(nowhere('dns'))
})

it('speaks TLS with whom the name says, and with nobody else', async () => {
  const certificate = aCertificate('hooks.example')
  await using remote = await aRemote((_request, response) => response.end('here'), certificate)
  const dialler = aDialler(async () => ['127.0.0.1'])
  const stranger = await post(dialler, `https://hooks.example:${remote.port}/`)
  setDefaultCACertificates([certificate.cert])
  const known = await post(
    aDialler(async () => ['127.0.0.1']),
    `https://hooks.example:${remote.port}/`,
  )
  const other = await post(dialler, `https://other.example:${remote.port}/`)
  expect([stranger, known, other]).toEqual([nowhere('tls'), expect.objectContaining(here), nowhere('tls')])
  expect(remote.received).toEqual([expect.objectContaining({ servername: 'hooks.example' })])
  expect(remote.received[0]?.headers.host).toBe(`hooks.example:${remote.port}`)
})

it('uses the connections of earlier calls again', async () => {
  const waiting: (() => void)[] = []
  await using remote = await aRemote((_request, response) => waiting.push(() => response.end('here')))
  const dialler = aDialler(async () => ['127.0.0.1'])
  const tenCalls = async () => {
    const calls = Array.from({ length: 10 }, () => post(dialler, `http://hooks.example:${remote.port}/`))
    await expect.poll(() => waiting.length).toBe(10)
    for (const answer of waiting.splice(0)) answer()
    return Promise.all(calls)
  }
  expect([...(await tenCalls()), ...(await tenCalls())]).toEqual(Array(20).fill(expect.objectContaining(here)))
  expect(remote.opened).toBe(10)
})
