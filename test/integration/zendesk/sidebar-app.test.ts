import { unzipSync, zipSync } from 'fflate'
import { importSPKI, jwtVerify } from 'jose'
import { expect, it } from 'vitest'
import { findOurApp } from '../../../src/connectors/zendesk/setup/apps-api.ts'
import { packageApp } from '../../../src/connectors/zendesk/setup/package-app.ts'
import { setUp, takeDown } from '../../../src/connectors/zendesk/setup/set-up.ts'
import { anAccount, examined, publicUrl, told } from './bare-account.ts'

const name = 'the app in the ticket’s sidebar'

/** An account, and of each installation of ours what has to do with the app. */
async function anAccountForApps() {
  const { open, put, url } = await anAccount()
  const at = (address = publicUrl) => {
    const ours = open({ publicUrl: address })
    const pieces = ours.pieces.filter(({ optional }) => optional)
    return {
      apps: ours.setup.apps,
      ask: () => findOurApp(ours.setup.apps, address),
      setUp: () => told(setUp(pieces)),
      takeDown: () => told(takeDown(pieces, false)),
      examined: async () => (await examined({ ...ours, pieces })).find((said) => said.includes(name)),
    }
  }
  const shown = async (): Promise<{ id: number; installations: { id: number }[] }[]> =>
    (await fetch(`${url}/sandbox/apps`)).json()
  const token = async (app: number, body: object): Promise<string> => {
    const sent = { method: 'POST', body: JSON.stringify(body) }
    return (await (await fetch(`${url}/sandbox/apps/${app}/token`, sent)).json()).token
  }
  return { at, shown, token, put, url }
}

/** The package of another version of Deskbridge at the same address. */
async function anOlderPackage(): Promise<Uint8Array<ArrayBuffer>> {
  const files = unzipSync((await packageApp(publicUrl)).zip)
  const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString())
  const older = Buffer.from(JSON.stringify({ ...manifest, version: '1.0.1' }))
  return new Uint8Array(zipSync({ ...files, 'manifest.json': older }))
}

it('makes and installs it once', async () => {
  const { at, shown } = await anAccountForApps()
  const ours = at()
  const said = [await ours.setUp(), await ours.setUp(), await ours.examined()]
  expect([said, await shown()]).toMatchObject([
    [[`made ${name}`], [`nothing ${name}`], `ok: ${name}`],
    [{ name: 'Deskbridge (chat.acme.example)', installations: [{ enabled: true, settings: { name: 'Deskbridge' } }] }],
  ])
})

it('brings an app up to date, and keeps its installation', async () => {
  const { at, shown } = await anAccountForApps()
  const ours = at()
  await ours.setUp()
  const [before] = await shown()
  const id = String(before?.id)
  await ours.apps.update(id, await ours.apps.upload(await anOlderPackage()))
  const warned = await ours.examined()
  const mended = [await ours.setUp(), await ours.setUp()]
  expect([warned, mended, await shown()]).toEqual([
    `warning: ${name}: it is not of this version of Deskbridge → Run: bin/deskbridge zendesk setup`,
    [[`mended ${name} (it is not of this version of Deskbridge)`], [`nothing ${name}`]],
    [before],
  ])
})

it('installs one that somebody has uninstalled or switched off', async () => {
  const { at, shown, put } = await anAccountForApps()
  const ours = at()
  await ours.setUp()
  const installation = async () => (await shown()).at(0)?.installations.at(0)?.id
  await put(`/sandbox/installations/${await installation()}`, { enabled: false })
  const off = [await ours.ask(), await ours.setUp()]
  await ours.apps.uninstall(String(await installation()))
  expect([off, await ours.setUp(), await ours.setUp()]).toMatchObject([
    [{ installations: [] }, [`mended ${name} (it is switched off)`]],
    [`mended ${name} (it is not installed)`],
    [`nothing ${name}`],
  ])
})

it('takes it away with its installation, and has nothing to take away after that', async () => {
  const { at, shown } = await anAccountForApps()
  const ours = at()
  await ours.setUp()
  expect([await ours.takeDown(), await ours.takeDown(), await shown()]).toEqual([[`removed ${name}`], [], []])
})

it('keeps those of two installations apart', async () => {
  const { at, shown } = await anAccountForApps()
  const [ours, theirs] = [at(), at('https://acme.example/staging')]
  await ours.setUp()
  await theirs.setUp()
  const both = await shown()
  const removed = await theirs.takeDown()
  expect([both, removed, await ours.setUp(), (await shown()).length]).toMatchObject([
    [
      { name: 'Deskbridge (chat.acme.example)', installations: [{ settings: { name: 'Deskbridge' } }] },
      {
        name: 'Deskbridge (acme.example/staging)',
        installations: [{ settings: { name: 'Deskbridge (acme.example/staging)' } }],
      },
    ],
    [`removed ${name}`],
    [`nothing ${name}`],
    1,
  ])
})

it('knows one that was uploaded by hand under whatever name', async () => {
  const { at, shown } = await anAccountForApps()
  const ours = at()
  const { zip } = await packageApp(publicUrl)
  await ours.apps.create('Our chat', await ours.apps.upload(zip))
  expect([await ours.setUp(), await shown()]).toMatchObject([
    [`mended ${name} (it is not installed)`],
    [{ name: 'Our chat', installations: [{ enabled: true }] }],
  ])
})

it('says so where the plan has no private apps, and goes on', async () => {
  const { at, put } = await anAccountForApps()
  await put('/sandbox/state', { offersApps: false })
  const ours = at()
  const why = /the account refuses it \(GET .*status 403 Forbidden\); private apps come with Suite Growth/
  expect([await ours.setUp(), await ours.takeDown(), await ours.examined()]).toEqual([
    [expect.stringMatching(why)],
    [],
    expect.stringMatching(/^warning: .*status 403.* → Chats work without it\.$/),
  ])
})

it('leaves it where no page can be shown', async () => {
  const { at, shown } = await anAccountForApps()
  const ours = at('http://chat.acme.example')
  const why = 'Zendesk shows pages over https only, not http://chat.acme.example'
  expect([await ours.setUp(), await shown()]).toEqual([[`left ${name} (${why})`], []])
})

it('says what Zendesk has against a package', async () => {
  const { apps } = (await anAccountForApps()).at()
  const create = apps.create('Ours', await apps.upload(Buffer.from('a text')))
  await expect(create).rejects.toThrow('Zendesk does not build the app: Cannot unzip the package')
})

it('finds by whose key its page is asked for, and for which installation', async () => {
  const { at, shown, token, url } = await anAccountForApps()
  const ours = at()
  const before = await ours.ask()
  await ours.setUp()
  const [app] = await shown()
  const found = await ours.ask()
  const key = await importSPKI(found?.publicKeyPem ?? '', 'RS256')
  const { payload } = await jwtVerify(await token(app?.id ?? 0, { user: 1002 }), key)
  const installation = String(app?.installations.at(0)?.id)
  expect([before, found, payload]).toMatchObject([
    null,
    { appId: String(app?.id), installations: [installation] },
    {
      iss: new URL(url).host,
      sub: `${url}/api/v2/users/1002.json`,
      aud: `${url}/api/v2/apps/installations/${installation}.json`,
    },
  ])
})
