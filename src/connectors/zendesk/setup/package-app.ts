import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { zipSync } from 'fflate'

export interface AppPackage {
  /** Another for another content. */
  version: string
  zip: Uint8Array<ArrayBuffer>
}

const home = new URL('../../../../apps/zendesk/', import.meta.url)
const asTheyAre = ['translations/en.json', 'assets/logo.png', 'assets/logo-small.png']
/** Of all entries, so that the same content is the same package. */
const mtime = new Date(2000, 0, 1)

/** Of an app's page; Zendesk refuses others. */
export const isAddressForApps = (publicUrl: string): boolean => {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' || hostname === 'localhost'
}

/** The app for the ticket's sidebar, as Zendesk takes it, with its page at this address (without a final slash). */
export async function packageApp(publicUrl: string): Promise<AppPackage> {
  const read = async (path: string): Promise<[string, Uint8Array]> => [path, await readFile(new URL(path, home))]
  const files = Object.fromEntries(await Promise.all(asTheyAre.map(read)))
  const template = await readFile(new URL('manifest.json', home), 'utf8')
  const known = { publicUrl, hostname: new URL(publicUrl).hostname }

  const build = numberOf([filled(template, known), ...Object.values(files)])
  const manifest = filled(template, { ...known, build })
  const zip = zipSync({ 'manifest.json': Buffer.from(manifest), ...files }, { mtime })
  return { version: JSON.parse(manifest).version, zip: new Uint8Array(zip) }
}

/** A JSON text with values in place of `{{name}}`. */
function filled(template: string, values: Readonly<Record<string, string>>): string {
  const fill = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
  const content: unknown = JSON.parse(template, (_, value) => (typeof value === 'string' ? fill(value) : value))
  return JSON.stringify(content, null, 2)
}

/** A version is made of numbers, and so is what tells one content from another. */
function numberOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return String(hash.digest().readUIntBE(0, 3))
}
