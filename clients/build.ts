import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'
import { languages } from './widget/app/languages/all.ts'
import type { Texts } from './widget/app/languages/en.ts'

const root = join(import.meta.dirname, '..')

interface Page {
  title: string
  script: string
  style: string
  /** Before the page's own script. */
  before?: string
}

const pageOf = ({ title, script, style, before = '' }: Page) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"></div>
${before}<script type="module" src="${script}"></script>
</body>
</html>
`

const common = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
} as const

/** V8 compiles them whole while they load, off the main thread: a press waits for them, and each function compiled at its first call is compiled in that time. */
const compiledEarly = { banner: { js: '//# allFunctionsCalledOnLoad' } }

/** `define`: what stands for a name of the source. */
type Options = Pick<BuildOptions, 'define' | 'banner'>

async function bundle(entry: string, format: 'iife' | 'esm', options: Options = {}): Promise<Uint8Array> {
  const result = await build({ ...common, entryPoints: [join(root, entry)], format, ...options })
  const [file] = result.outputFiles
  if (!file) throw new Error(`${entry} made nothing`)
  return file.contents
}

const hashed = (name: string, content: Uint8Array, ending: string) =>
  `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}.${ending}`

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
}

type Sizes = Record<string, number>
const size = (content: Uint8Array) => gzipSync(content, { level: 9 }).byteLength

/** One text of the widget in each of its languages. */
const inEach = (key: keyof Texts) =>
  JSON.stringify(Object.fromEntries(Object.entries(languages).map(([code, texts]) => [code, texts[key]])))

interface Script {
  name: string
  content: Uint8Array
}

/** `entry` and what it cannot do without, `parts`: all that is loaded in English. The rest is loaded by those who need it. */
interface App {
  entry: Script
  parts: Script[]
  languages: Script[]
  others: Script[]
}

/** `entry` and what it imports; `rest`: what is loaded by those who need it. `from`: the source of a script that has one. */
interface Parts {
  entry: Script
  parts: Script[]
  rest: Script[]
  from(script: Script): string
}

async function bundleInParts(main: string, name: string): Promise<Parts> {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [join(root, main)],
    format: 'esm',
    splitting: true,
    metafile: true,
    outdir: root,
    absWorkingDir: root,
    entryNames: `${name}-[hash]`,
    chunkNames: '[name]-[hash]',
    ...compiledEarly,
  })
  const scripts = outputFiles.map(({ path, contents: content }) => ({ name: basename(path), content }))
  const of = ({ name }: Script) => metafile.outputs[name]
  const from = (script: Script) => of(script)?.entryPoint ?? ''
  const entry = scripts.find((script) => from(script) === main)
  if (!entry) throw new Error(`${main} made nothing`)
  const needed = of(entry)?.imports.flatMap(({ kind, path }) => (kind === 'import-statement' ? [path] : []))
  const isPart = ({ name }: Script) => needed?.includes(name) === true
  const rest = scripts.filter((script) => script !== entry && !isPart(script))
  return { entry, parts: scripts.filter(isPart), rest, from }
}

async function bundleApp(): Promise<App> {
  const { entry, parts, rest, from } = await bundleInParts('clients/widget/app/main.tsx', 'app')
  const isLanguage = (script: Script) => from(script).includes('/languages/')
  return {
    entry,
    parts,
    languages: rest.filter(isLanguage),
    others: rest.filter((script) => !isLanguage(script)),
  }
}

const sizeOf = (scripts: readonly Script[]) => scripts.reduce((sum, { content }) => sum + size(content), 0)

async function buildWidget(folder: string): Promise<Sizes> {
  const [loader, host, css, app] = await Promise.all([
    bundle('clients/widget/loader.ts', 'iife', { define: { OPEN_CHAT: inEach('openChat') } }),
    bundle('clients/widget/host/main.ts', 'esm', { define: { HIDE: inEach('hideGreeting') }, ...compiledEarly }),
    bundle('clients/widget/app/app.css', 'esm'),
    bundleApp(),
  ])
  const { entry, parts, languages, others } = app
  const style = hashed('app', css, 'css')
  const before = parts.map(({ name }) => `<link rel="modulepreload" href="${name}">\n`).join('')
  await emptyFolder(folder)
  await Promise.all([
    writeFile(join(folder, 'loader.js'), loader),
    writeFile(join(folder, 'host.js'), host),
    ...[entry, ...parts, ...languages, ...others].map(({ name, content }) => writeFile(join(folder, name), content)),
    writeFile(join(folder, style), css),
    writeFile(join(folder, 'frame.html'), pageOf({ title: 'Chat', script: entry.name, style, before })),
  ])
  return {
    'loader.js': size(loader),
    'host.js': size(host),
    'app.js': sizeOf([entry, ...parts]),
    'seldom.js': sizeOf(others),
    'app.css': size(css),
    'language.js': Math.max(...languages.map((one) => sizeOf([one]))),
  }
}

/** Zendesk's own client first, and what the service hands over for whoever opens the page. */
const beforeSidebar = `<script type="application/json" id="handed">{{handed}}</script>
<script src="https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"></script>
`

async function buildSidebar(folder: string): Promise<Sizes> {
  const [app, css] = await Promise.all([
    bundle('apps/zendesk/page/main.tsx', 'esm'),
    bundle('clients/agent/pane/pane.css', 'esm'),
  ])
  const script = hashed('sidebar', app, 'js')
  const style = hashed('sidebar', css, 'css')
  // The page's own address does not end with a slash.
  const page = { title: 'Deskbridge', script: `sidebar/${script}`, style: `sidebar/${style}`, before: beforeSidebar }
  await emptyFolder(folder)
  await Promise.all([
    writeFile(join(folder, script), app),
    writeFile(join(folder, style), css),
    writeFile(join(folder, 'page.html'), pageOf(page)),
  ])
  return { 'sidebar.js': size(app), 'sidebar.css': size(css) }
}

const swagger = join(root, 'node_modules', 'swagger-ui-dist')

/** The page of the API's document: Swagger UI as it is published, and a script that starts it. */
async function buildDocs(folder: string): Promise<Sizes> {
  const [start, ui, css] = await Promise.all([
    bundle('clients/docs/main.ts', 'esm'),
    readFile(join(swagger, 'swagger-ui-bundle.js')),
    readFile(join(swagger, 'swagger-ui.css')),
  ])
  const names = { start: hashed('docs', start, 'js'), ui: hashed('swagger-ui', ui, 'js') }
  const style = hashed('swagger-ui', css, 'css')
  const before = `<script src="docs/${names.ui}"></script>\n`
  const page = pageOf({ title: 'Deskbridge API', script: `docs/${names.start}`, style: `docs/${style}`, before })
  await emptyFolder(folder)
  await Promise.all([
    writeFile(join(folder, names.start), start),
    writeFile(join(folder, names.ui), ui),
    writeFile(join(folder, style), css),
    writeFile(join(folder, 'page.html'), page),
    ...['LICENSE', 'NOTICE'].map((name) => cp(join(swagger, name), join(folder, name))),
  ])
  return { 'docs.js': size(start) }
}

async function buildConsole(folder: string): Promise<Sizes> {
  const [app, css, preview, widgetCss] = await Promise.all([
    bundleInParts('clients/console/frame/main.tsx', 'console'),
    bundle('clients/console/look/console.css', 'esm'),
    bundle('clients/console/inboxes/preview/main.tsx', 'esm'),
    bundle('clients/widget/app/app.css', 'esm'),
  ])
  const { entry, parts, rest } = app
  const style = hashed('console', css, 'css')
  const previewScript = hashed('preview', preview, 'js')
  const previewStyle = hashed('preview', widgetCss, 'css')
  const assets = join(folder, 'assets')
  await emptyFolder(folder)
  await mkdir(assets)
  // Its page stands at many addresses, so that what it loads is named from the root.
  const at = (name: string) => `/console/assets/${name}`
  const before = parts.map(({ name }) => `<link rel="modulepreload" href="${at(name)}">\n`).join('')
  await Promise.all([
    ...[entry, ...parts, ...rest].map(({ name, content }) => writeFile(join(assets, name), content)),
    writeFile(join(assets, style), css),
    writeFile(join(assets, previewScript), preview),
    writeFile(join(assets, previewStyle), widgetCss),
    writeFile(
      join(folder, 'page.html'),
      pageOf({ title: 'Deskbridge', script: at(entry.name), style: at(style), before }),
    ),
    writeFile(
      join(folder, 'preview.html'),
      pageOf({ title: 'Preview', script: at(previewScript), style: at(previewStyle) }),
    ),
  ])
  return {
    'console.js': sizeOf([entry, ...parts]),
    'console-seldom.js': sizeOf(rest),
    'console.css': size(css),
    'preview.js': size(preview),
  }
}

/** Bundles what runs in browsers into `outDir`; answers each file's size after gzip, in bytes. */
export async function buildClients(outDir: string): Promise<Sizes> {
  const widget = await buildWidget(join(outDir, 'widget'))
  const sidebar = await buildSidebar(join(outDir, 'zendesk'))
  const docs = await buildDocs(join(outDir, 'docs'))
  return { ...widget, ...sidebar, ...docs, ...(await buildConsole(join(outDir, 'console'))) }
}

if (import.meta.main) {
  const sizes = await buildClients(join(root, 'dist'))
  for (const [name, bytes] of Object.entries(sizes))
    console.log(`${name.padEnd(12)} ${(bytes / 1_000).toFixed(1)} kB gzip`)
}
