import { zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readPackage } from './app-package.ts'

/** As much of a PNG as says its size. */
function aPng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(33)
  header.write('\x89PNG\r\n\x1a\n', 'latin1')
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return header
}

const place = { url: 'https://chat.acme.example/sidebar', flexible: true }
const aManifest = (changes: object = {}) => ({
  name: 'An app',
  author: { name: 'Ana', email: 'ana@acme.example', url: 'https://acme.example' },
  defaultLocale: 'en',
  location: { support: { ticket_sidebar: place } },
  version: '1.0',
  frameworkVersion: '2.0',
  ...changes,
})
const at = (url: string) => ({ location: { support: { ticket_sidebar: { url } } } })

/** A package that is taken, but for these files. */
function aPackage(files: Readonly<Record<string, object | string | Uint8Array | null>> = {}): Uint8Array {
  const all = {
    'manifest.json': aManifest(),
    'translations/en.json': { app: { name: 'An app' } },
    'assets/logo.png': aPng(320, 320),
    'assets/logo-small.png': aPng(128, 128),
    ...files,
  }
  const bytes = (content: object | string) =>
    content instanceof Uint8Array
      ? content
      : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  const there = Object.entries(all).flatMap(([path, content]) => (content === null ? [] : [[path, bytes(content)]]))
  return zipSync(Object.fromEntries(there))
}

const manifest = (changes: object) => ({ 'manifest.json': aManifest(changes) })

it.each([
  ['with a page elsewhere', {}],
  ['with a page of its own', { ...manifest(at('assets/index.html')), 'assets/index.html': '<p>' }],
  ['with a page on the developer’s machine', manifest(at('http://localhost:4567/index.html'))],
  ['with a banner', { 'assets/banner.png': aPng(830, 200) }],
  ['with another language', { 'translations/pt-BR.json': { app: {} } }],
])('takes an app %s', (_what, files) => {
  expect(readPackage(aPackage(files))).toEqual({ manifest: expect.anything() })
})

it.each([
  ['no zip', null, 'Cannot unzip the package'],
  ['no manifest', { 'manifest.json': null }, 'manifest.json: is not there'],
  [
    'a manifest in a folder',
    { 'manifest.json': null, 'app/manifest.json': aManifest() },
    'manifest.json: is not there',
  ],
  ['a manifest that is no JSON', { 'manifest.json': '{' }, 'no JSON'],
  ['no author', manifest({ author: undefined }), 'author'],
  ['an author’s address that is none', manifest({ author: { url: 'acme' } }), 'author.url'],
  ['no default locale', manifest({ defaultLocale: undefined }), 'defaultLocale'],
  ['a locale that is none', manifest({ defaultLocale: 'english' }), 'defaultLocale'],
  ['a locale without its file', manifest({ defaultLocale: 'de' }), 'the default locale has no translations'],
  ['no place', manifest({ location: undefined }), 'location'],
  ['a place of no product', manifest({ location: { support: {} } }), 'location.support'],
  ['a product that is unknown', manifest({ location: { support: { ticket_sidebar: place }, desk: {} } }), 'location'],
  [
    'a place that is unknown',
    manifest({ location: { support: { ticket_sidebar: place, footer: place } } }),
    'location.support',
  ],
  ['a page without encryption', manifest(at('http://chat.acme.example')), 'not over HTTPS'],
  ['a page that is not in it', manifest(at('assets/index.html')), 'no asset of the package'],
  ['a page beside the assets', { ...manifest(at('index.html')), 'index.html': '<p>' }, 'no asset of the package'],
  ['no page', manifest({ location: { support: { ticket_sidebar: { flexible: true } } } }), 'location.support'],
  [
    'a flag that is no boolean',
    manifest({ location: { support: { ticket_sidebar: { ...place, flexible: 'yes' } } } }),
    'flexible',
  ],
  ['another framework', manifest({ frameworkVersion: '1.0' }), 'frameworkVersion'],
  ['a version that is a number', manifest({ version: 1 }), 'version'],
  ['signing that is no boolean', manifest({ signedUrls: 'yes' }), 'signedUrls'],
  ['domains that are no list', manifest({ domainWhitelist: 'acme.example' }), 'domainWhitelist'],
  ['parameters that are no list', manifest({ parameters: {} }), 'parameters'],
  ['a parameter of everybody’s name', manifest({ parameters: [{ name: 'name' }] }), 'parameters'],
  ['two parameters of one name', manifest({ parameters: [{ name: 'a' }, { name: 'a' }] }), 'parameters'],
  ['a parameter of no kind', manifest({ parameters: [{ name: 'a', type: 'colour' }] }), 'parameters'],
  [
    'a parameter that nobody can fill in',
    manifest({ parameters: [{ name: 'a', type: 'hidden', required: true }] }),
    'parameters',
  ],
  ['an experiment', manifest({ experiments: { flight: true } }), 'experiments'],
  ['a template’s flag', manifest({ noTemplate: true }), 'noTemplate'],
  ['translations without a name', { 'translations/en.json': { app: {} } }, 'translations/en.json'],
  ['translations that are a list', { 'translations/de.json': [] }, 'translations/de.json'],
  ['translations of no locale', { 'translations/german.json': { app: {} } }, 'translations/german.json'],
  ['a public app without a description', manifest({ private: false }), 'app.short_description'],
  ['code of its own', { 'app.js': '' }, 'app.js'],
  ['templates', { 'templates/main.hdbs': '' }, 'templates/main.hdbs'],
  ['an archive', { 'assets/more.zip': '' }, 'assets/more.zip'],
  ['no icon', { 'assets/logo.png': null }, 'assets/logo.png'],
  ['an icon of another size', { 'assets/logo-small.png': aPng(64, 64) }, 'assets/logo-small.png'],
  ['an icon that is no PNG', { 'assets/logo.png': 'GIF89a' }, 'assets/logo.png'],
  ['a banner of another size', { 'assets/banner.png': aPng(800, 200) }, 'assets/banner.png'],
])('refuses %s', (_what, files, why) => {
  const read = readPackage(files === null ? Buffer.from('a text') : aPackage(files))
  expect('refusals' in read && read.refusals).toEqual([expect.stringContaining(why)])
})
