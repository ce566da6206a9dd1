import nock from 'nock'
import { expect, it } from 'vitest'
import { fixture } from '../../../../sandbox/fixtures/load.ts'
import { withoutNetwork } from '../../../../test/support/no-network.ts'
import { createSlackApi } from '../api.ts'
import { createSlackFiles } from './files.ts'

withoutNetwork()

const options = { token: 'xoxb-1', apiUrl: 'https://slack.example/api/', timeoutMs: 5_000 }
const files = createSlackFiles({ ...options, api: createSlackApi(options) })
const path = '/files-pri/T0-F0A12BCDE/download/tedair.gif'
const sent = { id: 'F0A12BCDE', name: 'tedair.gif', url_private_download: `https://files.slack.com${path}` }
const answers = (status: number, body: string, headers: Record<string, string> = {}) =>
  nock('https://files.slack.com').get(path).reply(status, body, headers)

const textOf = async (reading: Promise<Uint8Array>) => Buffer.from(await reading).toString()

it('reads a file where Slack keeps it, as the app', async () => {
  nock('https://files.slack.com', { reqheaders: { authorization: 'Bearer xoxb-1' } })
    .get(path)
    .reply(200, 'a gif')
  expect([files(sent).name, await textOf(files(sent).read(100))]).toEqual(['tedair.gif', 'a gif'])
})

it('asks for what the message does not say', async () => {
  nock('https://slack.example').post('/api/files.info').reply(200, fixture('slack/files.info').body)
  answers(200, 'a gif')
  expect(await textOf(files({ id: 'F0A12BCDE', file_access: 'check_file_info' }).read(100))).toBe('a gif')
})

it.each([
  ['another host', 'https://evil.example/a.gif'],
  ['a host that only ends alike', 'https://evilfiles.slack.com/a.gif'],
  ['a host without encryption', 'http://files.slack.com/a.gif'],
  ['this machine', 'http://127.0.0.1:9/a.gif'],
  ['nowhere', 'not an address'],
])('tells the token to nobody at %s', async (_where, address) => {
  const reading = files({ ...sent, url_private_download: address }).read(100)
  await expect(reading).rejects.toMatchObject({ failure: { kind: 'refused' } })
})

it.each<[string, number, string, Record<string, string>, string]>([
  ['takes the sign-in page for no file', 200, '<html>', { 'content-type': 'text/html; charset=utf-8' }, 'refused'],
  ['is not sent on to anywhere', 302, '', { location: 'http://169.254.169.254/latest' }, 'refused'],
  ['gives up what is gone', 404, '', {}, 'refused'],
  ['tries again what Slack could not give', 503, '', {}, 'transient'],
])('%s', async (_what, status, body, headers, kind) => {
  answers(status, body, headers)
  await expect(files(sent).read(100)).rejects.toMatchObject({ failure: { kind } })
})

it('reads no more than it may', async () => {
  answers(200, 'x'.repeat(101))
  await expect(files(sent).read(100)).rejects.toMatchObject({ code: 'file_too_large' })
})

it.each(['file_not_found', 'missing_scope'])('gives up a file of which Slack says %s', async (error) => {
  nock('https://slack.example').post('/api/files.info').reply(200, { ok: false, error })
  await expect(files({ id: 'F1' }).read(100)).rejects.toMatchObject({ failure: { kind: 'refused' } })
})
