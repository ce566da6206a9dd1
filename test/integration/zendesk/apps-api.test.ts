import nock from 'nock'
import { expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import { createAuthorization } from '../../../src/connectors/zendesk/authorization.ts'
import { createZendeskSdk } from '../../../src/connectors/zendesk/sdk.ts'
import { createAppsApi } from '../../../src/connectors/zendesk/setup/apps-api.ts'
import { withoutNetwork } from '../../support/no-network.ts'

withoutNetwork()

const url = 'https://acme.zendesk.com'
const job = fixture('zendesk/apps.job').body
const status = `/api/v2/apps/job_statuses/${job.job_id}.json`

/** Nobody waits: the waits are told. ms */
function anAppsApi() {
  const waits: number[] = []
  const auth = { kind: 'token' as const, email: 'a@acme.example', apiToken: 'the token' }
  const authorization = createAuthorization({ url, auth, timeoutMs: 5_000, now: Date.now })
  const sdk = createZendeskSdk({ url, authorization, timeoutMs: 5_000 })
  return { apps: createAppsApi(sdk, async (ms) => void waits.push(ms)), waits }
}

it('uploads a package as a form, and asks for its build until that is done', async () => {
  const uploads: string[] = []
  const uploaded = fixture('zendesk/apps.uploads').body
  nock(url)
    .post('/api/v2/apps/uploads.json', (body) => uploads.push(String(body)) > 0)
    .matchHeader('content-type', /^multipart\/form-data; boundary=/)
    .reply(201, uploaded)
  nock(url).post('/api/v2/apps.json', { name: 'Ours', upload_id: '123' }).reply(200, job)
  const { body } = fixture('zendesk/apps.job_statuses')
  nock(url)
    .get(status)
    .reply(200, { ...body, status: 'queued', app_id: null, retry_in: 3 })
  nock(url).get(status).reply(200, body)
  const { apps, waits } = anAppsApi()
  const app = await apps.create('Ours', await apps.upload(Buffer.from('the zip')))
  expect([app, waits, uploads]).toEqual([
    String(body.app_id),
    [3_000],
    [
      expect.stringMatching(
        /name="uploaded_data"; filename="app.zip"\r\nContent-Type: application\/zip\r\n\r\nthe zip/,
      ),
    ],
  ])
})

it('tells why a build failed', async () => {
  const failed = fixture('zendesk/apps.job_statuses.failed')
  nock(url).put('/api/v2/apps/123.json', { upload_id: '1' }).reply(200, job)
  nock(url).get(status).reply(failed.status, failed.body)
  await expect(anAppsApi().apps.update('123', '1')).rejects.toThrow(`build the app: ${failed.body.message}`)
})

it('leaves a build to itself that does not end', async () => {
  nock(url).post('/api/v2/apps.json').reply(200, job)
  nock(url)
    .get(status)
    .times(60)
    .reply(200, { ...fixture('zendesk/apps.job_statuses').body, status: 'working' })
  const { apps, waits } = anAppsApi()
  await expect(apps.create('Ours', '1')).rejects.toThrow('Zendesk has not built the app yet')
  expect(waits).toEqual(Array(60).fill(3_000))
})

it.each([
  ['a proxy’s page', 200, '<html>'],
  ['no such app', 404, 'Not Found'],
])('takes %s for no key', async (_what, code, text) => {
  nock(url).get('/api/v2/apps/123/public_key.pem').reply(code, text)
  await expect(anAppsApi().apps.publicKey('123')).rejects.toThrow(/something else than documented|status 404/)
})
