import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = import.meta.dirname

const page = (script: string, style: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>Chat</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"></div>
<script type="module" src="${script}"></script>
</body>
</html>
`

async function bundle(entry: string, format: 'iife' | 'esm'): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error(`${entry} made nothing`)
  return file.contents
}

const hashed = (name: string, content: Uint8Array, ending: string) =>
  `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}.${ending}`

/** Bundles what runs in browsers into `<outDir>/widget`; answers each file's size after gzip, in bytes. */
export async function buildClients(outDir: string): Promise<Record<string, number>> {
  const folder = join(outDir, 'widget')
  const [loader, app, style] = await Promise.all([
    bundle('widget/loader.ts', 'iife'),
    bundle('widget/app/main.tsx', 'esm'),
    bundle('widget/app/app.css', 'esm'),
  ])
  const appName = hashed('app', app, 'js')
  const styleName = hashed('app', style, 'css')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, 'loader.js'), loader),
    writeFile(join(folder, appName), app),
    writeFile(join(folder, styleName), style),
    writeFile(join(folder, 'frame.html'), page(appName, styleName)),
  ])
  const size = (content: Uint8Array) => gzipSync(content, { level: 9 }).byteLength
  return { 'loader.js': size(loader), 'app.js': size(app), 'app.css': size(style) }
}

if (import.meta.main) {
  const sizes = await buildClients(join(here, '..', 'dist'))
  for (const [name, bytes] of Object.entries(sizes))
    console.log(`${name.padEnd(10)} ${(bytes / 1_000).toFixed(1)} kB gzip`)
}
