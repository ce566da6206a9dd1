import nock from 'nock'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createAdminApi } from './admin-api.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.enableNetConnect())

const url = 'https://chat.example'
const path = '/api/admin/things'
const remote = () => nock(url, { reqheaders: { authorization: 'Bearer key' } }).get(path)

function anApi() {
  const waits: number[] = []
  const api = createAdminApi({ url, key: 'key', wait: async (ms) => void waits.push(ms) })
  return { waits, get: () => api.get(path, z.strictObject({ things: z.array(z.string()) })) }
}

it('waits as long as it is told where it asked too often', async () => {
  const error = { code: 'rate_limited', message: 'Too many requests.', retryAfterMs: 1_234 }
  remote().times(2).reply(429, { error })
  remote().reply(200, { things: ['a'] })
  const { get, waits } = anApi()
  expect([await get(), waits]).toEqual([{ things: ['a'] }, [1_234, 1_234]])
})

it.each([
  [
    'a refusal',
    403,
    { error: { code: 'forbidden', message: 'No.', details: { scope: 'admin' } } },
    'forbidden',
    /^No\.$/,
  ],
  ['a code of tomorrow', 400, { error: { code: 'too_blue', message: 'No.' } }, 'unavailable', /'too_blue'/],
  ['a page', 502, '<h1>Bad gateway</h1>', 'unavailable', /answers 502, and not as Deskbridge does/],
  ['a redirect', 301, '', 'unavailable', /answers 301/],
  ['a setting of tomorrow', 200, { things: [], more: true }, 'unavailable', /of the version that runs there/],
  ['a page where it should be JSON', 200, '<h1>Hello</h1>', 'unavailable', /is not understood/],
])('tells %s', async (_, status, body, code, message) => {
  remote().reply(status, body, { location: 'https://elsewhere.example' })
  await expect(anApi().get()).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
})
