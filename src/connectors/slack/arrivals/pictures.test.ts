import nock from 'nock'
import { expect, it } from 'vitest'
import { withoutNetwork } from '../../../../test/support/no-network.ts'
import { createSlackPictures } from './pictures.ts'

withoutNetwork()

const pictures = createSlackPictures({ apiUrl: 'https://slack.com/api/', timeoutMs: 5_000 })
const host = 'https://avatars.slack-edge.com'
const address = `${host}/2021-10-21/1_192.jpg`
const answers = (status: number, body: string, headers: Record<string, string> = {}) =>
  nock(host).get('/2021-10-21/1_192.jpg').reply(status, body, headers)

it('reads a picture where Slack keeps it, and says there not who we are', async () => {
  const told: unknown[] = []
  nock(host)
    .get('/2021-10-21/1_192.jpg')
    .reply(function () {
      told.push(this.req.headers.authorization)
      return [200, 'a picture']
    })
  const bytes = await pictures(address)?.read(100)
  expect([Buffer.from(bytes ?? []).toString(), told]).toEqual(['a picture', [undefined]])
})

it.each([
  ['another host', 'https://evil.example/a.png'],
  ['a host that only ends alike', 'https://evilslack-edge.com/a.png'],
  ['a host that only begins alike', 'https://avatars.slack-edge.com.evil.example/a.png'],
  ['a host without encryption', 'http://avatars.slack-edge.com/a.png'],
  ['the host of those who have none', 'https://secure.gravatar.com/avatar/1.jpg?d=https%3A%2F%2Fa.slack-edge.com'],
  ['this machine', 'http://127.0.0.1:9/a.png'],
  ['a file', 'file:///etc/passwd'],
  ['nowhere', 'not an address'],
])('takes no picture at %s for one of Slack’s', (_where, other) => {
  expect(pictures(other)).toBe(null)
})

it('is not sent on to anywhere', async () => {
  answers(302, '', { location: 'http://169.254.169.254/latest/meta-data' })
  await expect(pictures(address)?.read(100)).rejects.toMatchObject({ failure: { kind: 'refused' } })
})

it('reads no more than it may', async () => {
  answers(200, 'x'.repeat(101))
  await expect(pictures(address)?.read(100)).rejects.toMatchObject({ code: 'file_too_large' })
})

it('waits no longer than for any call', async () => {
  const hasty = createSlackPictures({ apiUrl: 'https://slack.com/api/', timeoutMs: 50 })
  nock(host).get('/2021-10-21/1_192.jpg').delay(5_000).reply(200, 'late')
  await expect(hasty(address)?.read(100)).rejects.toMatchObject({ failure: { kind: 'transient' } })
})
