import { unzipSync } from 'fflate'
import { z } from 'zod'
import { Locale, Manifest } from './app-manifest.ts'

type Files = Readonly<Record<string, Uint8Array>>
type Package = { manifest: Manifest } | { refusals: string[] }

/** What an app is built of. The rules are those of Zendesk's validator: github.com/zendesk/zendesk_apps_support, lib/zendesk_apps_support/validations. */
export function readPackage(zip: Uint8Array): Package {
  const files = unzipped(zip)
  if (!files) return { refusals: ['Cannot unzip the package'] }
  const content = contentOf(files['manifest.json'])
  if (content === undefined) return { refusals: ['manifest.json: is not there, or no JSON'] }
  const manifest = Manifest.safeParse(content)
  if (!manifest.success)
    return { refusals: manifest.error.issues.map(({ path, message }) => `manifest.json ${path.join('.')}: ${message}`) }
  const refusals = [
    ...ofPlaces(manifest.data, files),
    ...ofTranslations(manifest.data, files),
    ...ofKinds(files),
    ...ofPictures(files),
  ]
  return refusals.length > 0 ? { refusals } : { manifest: manifest.data }
}

function unzipped(zip: Uint8Array): Files | null {
  try {
    return unzipSync(zip)
  } catch {
    return null
  }
}

/** Undefined: there is none, or it is no JSON. */
function contentOf(file: Uint8Array | undefined): unknown {
  try {
    return file && JSON.parse(Buffer.from(file).toString())
  } catch {
    return undefined
  }
}

const ofPlaces = ({ location }: Manifest, files: Files): string[] =>
  Object.values(location.support)
    .filter((place) => place !== undefined && !isGoodPlace(place.url, files))
    .map((place) => `${place?.url} is no asset of the package, or not over HTTPS`)

function isGoodPlace(url: string, files: Files): boolean {
  if (!URL.canParse(url)) return url.startsWith('assets/') && url in files
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || hostname === 'localhost'
}

const texts = ['name', 'short_description', 'long_description', 'installation_instructions']
const pathOf = /^translations\/(.*)\.json$/

function ofTranslations(manifest: Manifest, files: Files): string[] {
  const needed = manifest.private ? ['name'] : texts
  const app = z.looseObject(Object.fromEntries(needed.map((name) => [name, z.string()])))
  const English = z.looseObject({ app })
  const Other = z.record(z.string(), z.unknown())
  const wrong = (path: string) =>
    !Locale.safeParse(pathOf.exec(path)?.[1]).success ||
    !(path === 'translations/en.json' ? English : Other).safeParse(contentOf(files[path])).success
  return [
    ...(files[`translations/${manifest.defaultLocale}.json`] ? [] : ['the default locale has no translations']),
    ...Object.keys(files)
      .filter((path) => pathOf.test(path) && wrong(path))
      .map((path) => `${path}: is of no locale, no JSON, or without app.${needed.join(', app.')}`),
  ]
}

const archives = 'vnd.rar rar zip gzip pdf doc docx avi bin bz bz2 csh sh jar mp3 mpeg odt pptx ppt xls xlsx 7z'.split(
  ' ',
)

/** An app with a page brings no code of its own, and nothing brings archives. */
function ofKinds(files: Files): string[] {
  const isCode = (path: string) => /^(app\.js|app\.css|lib\/.*\.js|templates\/.*\.hdbs)$/.test(path)
  const isArchive = (path: string) => archives.includes(path.split('.').at(-1) ?? '')
  return Object.keys(files)
    .filter((path) => isCode(path) || isArchive(path))
    .map((path) => `${path}: is of a kind that an app may not bring`)
}

/** Widths and heights; double as much may be brought of a banner. */
const pictures: Readonly<Record<string, { sizes: string[]; isNeeded: boolean }>> = {
  'assets/logo.png': { sizes: ['320×320'], isNeeded: true },
  'assets/logo-small.png': { sizes: ['128×128'], isNeeded: true },
  'assets/banner.png': { sizes: ['830×200', '1660×400'], isNeeded: false },
}

const ofPictures = (files: Files): string[] =>
  Object.entries(pictures)
    .filter(([path, { sizes, isNeeded }]) => {
      const file = files[path]
      return file ? !sizes.includes(sizeOf(file)) : isNeeded
    })
    .map(([path, { sizes }]) => `${path}: is no PNG of ${sizes.join(' or ')}`)

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Of a PNG, as its header says. */
function sizeOf(file: Uint8Array): string {
  const bytes = Buffer.from(file)
  const isPng = bytes.length > 24 && bytes.subarray(0, 8).equals(signature)
  return isPng ? `${bytes.readUInt32BE(16)}×${bytes.readUInt32BE(20)}` : 'no PNG'
}
