import nock from 'nock'
import { expect, it } from 'vitest'
import { withoutNetwork } from '../../../test/support/no-network.ts'
import { createDownload } from './download.ts'

withoutNetwork()

const account = 'https://acme.zendesk.com'
const authorization = { header: async () => 'Bearer ours', renew: () => false }
const download = createDownload({ url: account, authorization, timeoutMs: 5_000 })
const attachment = `${account}/attachments/token/x/?name=a.pdf`
/** What each host was told of who asks. */
const told: (string | undefined)[] = []

const answers = (origin: string, path: string, status: number, body: string, location?: string) =>
  nock(origin)
    .get(path)
    .reply(function () {
      told.push(this.req.headers.authorization as string | undefined)
      return [status, body, location ? { location } : {}]
    })

it('follows to where Zendesk keeps attachments, and says there not who we are', async () => {
  told.length = 0
  answers(account, '/attachments/token/x/?name=a.pdf', 302, '', 'https://p1.zdusercontent.com/attachment/1?token=t')
  answers('https://p1.zdusercontent.com', '/attachment/1?token=t', 200, 'the file')
  expect([Buffer.from(await download(attachment, 100)).toString(), told.map(String)]).toEqual([
    'the file',
    ['Bearer ours', 'undefined'],
  ])
})

it.each([
  ['another host', 'https://evil.example/a'],
  ['a host that only ends alike', 'https://evilzendesk.com/a'],
  ['a host without encryption', 'http://p1.zdusercontent.com/a'],
  ['this machine', 'http://127.0.0.1:9/a'],
])('does not follow to %s', async (_where, location) => {
  answers(account, '/attachments/token/x/?name=a.pdf', 302, '', location)
  await expect(download(attachment, 100)).rejects.toMatchObject({ failure: { kind: 'refused' } })
})

it.each([
  [404, 'refused'],
  [500, 'transient'],
  [302, 'transient'],
])('takes the status %s for what it is', async (status, kind) => {
  answers(account, '/attachments/token/x/?name=a.pdf', status, '')
  await expect(download(attachment, 100)).rejects.toMatchObject({ failure: { kind } })
})

it('reads no more than it may', async () => {
  answers(account, '/attachments/token/x/?name=a.pdf', 200, 'x'.repeat(101))
  await expect(download(attachment, 100)).rejects.toMatchObject({ code: 'file_too_large' })
})
