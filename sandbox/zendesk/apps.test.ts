import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { importSPKI, jwtVerify } from 'jose'
import { expect, it, onTestFinished } from 'vitest'
import { startZendesk } from './start.ts'

async function aZendesk(folder?: string) {
  const credentials = { clientId: 'id', clientSecret: 'secret', email: 'a@acme.example', apiToken: 'token' }
  const stand = await startZendesk({ port: 0, ...credentials, webhookSecret: 'hook', factor: 1, folder })
  onTestFinished(stand.stop)
  const authorization = `Basic ${btoa('a@acme.example/token:token')}`
  const call = async (path: string, method = 'GET', body?: object) => {
    const form = body instanceof FormData
    const answer = await fetch(`${stand.url}${path}`, {
      method,
      body: form ? body : body === undefined ? null : JSON.stringify(body),
      headers: { authorization, ...(!form && { 'content-type': 'application/json' }) },
    })
    return { status: answer.status, body: await answer.json().catch(() => null) }
  }
  const upload = async (zip: Uint8Array<ArrayBuffer>): Promise<number> => {
    const form = new FormData()
    form.append('uploaded_data', new Blob([zip]))
    return (await call('/api/v2/apps/uploads.json', 'POST', form)).body.id
  }
  const ask = (job: string) => call(`/api/v2/apps/job_statuses/${job}.json`)
  /** An app that is built and installed. */
  const anApp = async (name: string): Promise<number> => {
    const upload_id = await upload(await aPackage())
    const { job_id } = (await call('/api/v2/apps.json', 'POST', { name, upload_id })).body
    await ask(job_id)
    const { app_id } = (await ask(job_id)).body
    await call('/api/v2/apps/installations.json', 'POST', { app_id: String(app_id), settings: { name } })
    return app_id
  }
  const keyOf = async (app: number) =>
    importSPKI(await (await fetch(`${stand.url}/api/v2/apps/${app}/public_key.pem`)).text(), 'RS256')
  const token = async (app: number, body: object): Promise<string> =>
    (await call(`/sandbox/apps/${app}/token`, 'POST', body)).body.token
  return { stand, call, upload, ask, anApp, keyOf, token }
}

/** The least that is taken. */
async function aPackage(): Promise<Uint8Array<ArrayBuffer>> {
  const picture = (name: string) => readFile(new URL(`../../apps/zendesk/assets/${name}`, import.meta.url))
  const json = (content: object) => Buffer.from(JSON.stringify(content))
  const zip = zipSync({
    'manifest.json': json({
      author: {},
      defaultLocale: 'en',
      frameworkVersion: '2.0',
      location: { support: { ticket_sidebar: 'https://acme.example' } },
      singleInstall: true,
    }),
    'translations/en.json': json({ app: { name: 'Ours' } }),
    'assets/logo.png': await picture('logo.png'),
    'assets/logo-small.png': await picture('logo-small.png'),
  })
  return new Uint8Array(zip)
}

it('builds an app by the second time that it is asked, and not a package that it refuses', async () => {
  const { call, upload, ask } = await aZendesk()
  const build = async (zip: Uint8Array<ArrayBuffer>) => {
    const { body } = await call('/api/v2/apps.json', 'POST', { name: 'Ours', upload_id: await upload(zip) })
    return [await ask(body.job_id), await ask(body.job_id), await ask(body.job_id)]
  }
  const [good, bad] = [await build(await aPackage()), await build(Buffer.from('a text'))]
  const { apps } = (await call('/api/v2/apps/owned.json')).body
  const done = { status: 200, body: { status: 'completed', app_id: apps[0].id } }
  const failed = { status: 404, body: { status: 'failed', message: 'Cannot unzip the package' } }
  expect([good, bad, apps]).toMatchObject([
    [{ status: 200, body: { status: 'working', app_id: null } }, done, done],
    [{ status: 200, body: { status: 'working' } }, failed, failed],
    [{ name: 'Ours', visibility: 'private', single_install: true }],
  ])
})

it('installs an app once that may be installed once, and forgets its installations with it', async () => {
  const { call, anApp } = await aZendesk()
  const app = await anApp('Ours')
  const again = await call('/api/v2/apps/installations.json', 'POST', { app_id: app, settings: { name: 'Again' } })
  const there = await call('/api/v2/apps/installations.json')
  const gone = await call(`/api/v2/apps/${app}.json`, 'DELETE')
  const left = await call('/api/v2/apps/installations.json')
  expect([again.status, there.body.installations, gone.status, left.body.installations]).toMatchObject([
    422,
    [{ app_id: app, enabled: true, settings: { name: 'Ours', title: 'Ours' } }],
    204,
    [],
  ])
})

it('keeps apps, their installations and keys over a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const first = await aZendesk(folder)
  const app = await first.anApp('Ours')
  const token = await first.token(app, { user: 1002 })
  const before = (await first.call('/sandbox/apps')).body
  const second = await aZendesk(folder)
  expect((await second.call('/sandbox/apps')).body).toEqual(before)
  await expect(jwtVerify(token, await second.keyOf(app))).resolves.toBeDefined()
})

it('has no apps where the plan has none', async () => {
  const { call } = await aZendesk()
  await call('/sandbox/state', 'PUT', { offersApps: false })
  const answers = [await call('/api/v2/apps/owned'), await call('/api/v2/apps', 'POST', { name: 'x', upload_id: 1 })]
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
})

it('signs for a user what is good for two minutes, or is not, as it is asked', async () => {
  const { anApp, keyOf, token } = await aZendesk()
  const [ours, theirs] = [await anApp('Ours'), await anApp('Theirs')]
  const key = await keyOf(ours)
  const { payload } = await jwtVerify(await token(ours, { user: 1002, aud: 'https://other.example' }), key)
  expect([(payload.exp ?? 0) - (payload.iat ?? 0), payload.aud]).toEqual([120, 'https://other.example'])
  await expect(jwtVerify(await token(ours, { user: 1002, expSeconds: -1 }), key)).rejects.toThrow('exp')
  await expect(jwtVerify(await token(ours, { user: 1002, keyOf: theirs }), key)).rejects.toThrow('signature')
})

it('tells the addresses of its staff, which are verified', async () => {
  const { call } = await aZendesk()
  const [known, unknown] = [await call('/api/v2/users/1002/identities.json'), await call('/api/v2/users/1/identities')]
  expect([known, unknown.status]).toMatchObject([
    {
      status: 200,
      body: {
        identities: [{ user_id: 1002, type: 'email', value: 'margaret@example.com', verified: true, primary: true }],
      },
    },
    404,
  ])
})
