import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { buildTypes } from './build-types.ts'

const root = join(import.meta.dirname, '..', '..')

/** The packages that are published, each by its folder below `clients` and its entry there. */
export const packages = {
  client: { folder: 'core', entry: 'index.ts', styles: [] },
  react: { folder: 'react', entry: 'index.ts', styles: ['style.css'] },
  'react-native': { folder: 'react-native', entry: 'index.ts', styles: [] },
} as const
export type PackageName = keyof typeof packages

const entryOf = (name: PackageName) => join(root, 'clients', packages[name].folder, packages[name].entry)

/** Into `folder`, from where `npm pack` and `npm publish` take it as it lies there. */
export async function buildPackage(name: PackageName, folder: string): Promise<void> {
  const { folder: source, styles } = packages[name]
  const from = join(root, 'clients', source)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await buildScript(name, join(folder, 'index.js'))
  await buildTypes(entryOf(name), join(folder, 'index.d.ts'), othersThan(name))
  for (const file of ['package.json', 'README.md', ...styles]) await cp(join(from, file), join(folder, file))
  await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

/** The sources of the other packages, which this one asks for by their names. */
const othersThan = (name: PackageName): ReadonlyMap<string, string> =>
  new Map(
    Object.keys(packages)
      .filter((other): other is PackageName => other !== name)
      .map((other) => [entryOf(other), `@deskbridge/${other}`]),
  )

async function buildScript(name: PackageName, outfile: string): Promise<void> {
  const entry = entryOf(name)
  const manifest = JSON.parse(await readFile(join(dirname(entry), 'package.json'), 'utf8'))
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'react',
    // Frameworks that render on a server leave what keeps a state to the browser.
    ...('peerDependencies' in manifest && { banner: { js: "'use client'" } }),
    // Not the entries of what is left out: `react/jsx-runtime` is left out with `react`.
    external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
    plugins: [asPackages(othersThan(name))],
  })
}

const asPackages = (others: ReadonlyMap<string, string>): Plugin => ({
  name: 'as-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) => {
      const name = others.get(join(dirname(importer), path))
      return name === undefined ? null : { path: name, external: true }
    })
  },
})
