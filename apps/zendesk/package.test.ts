import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readPackage } from '../../sandbox/zendesk/app-package.ts'
import { isAddressForApps, packageApp } from '../../src/connectors/zendesk/setup/package-app.ts'

const publicUrl = 'https://chat.acme.example'

it('is taken by Zendesk, with these files and no others, in far less than 2 MB', async () => {
  const { zip } = await packageApp(publicUrl)
  expect([readPackage(zip), Object.keys(unzipSync(zip)), zip.length < 100_000]).toEqual([
    { manifest: expect.anything() },
    ['manifest.json', 'translations/en.json', 'assets/logo.png', 'assets/logo-small.png'],
    true,
  ])
})

it('has its page at the installation, beside a ticket, loaded with a signed token', async () => {
  const { version, zip } = await packageApp(publicUrl)
  expect(JSON.parse(Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString())).toEqual({
    name: 'Deskbridge',
    author: { name: 'Deskbridge', email: 'noreply@chat.acme.example', url: publicUrl },
    defaultLocale: 'en',
    private: true,
    location: {
      support: {
        ticket_sidebar: { url: `${publicUrl}/connectors/zendesk/sidebar`, flexible: true, autoHide: false },
      },
    },
    signedUrls: true,
    singleInstall: true,
    version,
    frameworkVersion: '2.0',
  })
})

it('is the same package each time, and another version at another address', async () => {
  const [first, again, elsewhere] = [
    await packageApp(publicUrl),
    await packageApp(publicUrl),
    await packageApp('https://staging.acme.example'),
  ]
  expect([again, first.version === elsewhere.version]).toEqual([first, false])
  expect(first.version).toMatch(/^1\.0\.\d+$/)
})

it.each([
  ['https://chat.acme.example', true],
  ['http://localhost:3000', true],
  ['http://chat.acme.example', false],
  ['http://127.0.0.1:3000', false],
])('Zendesk shows a page at %s: %s', (address, isShown) => {
  expect(isAddressForApps(address)).toBe(isShown)
})
