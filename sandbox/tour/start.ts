import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { listen, type Stand } from '../serve.ts'

export interface TourOptions {
  port: number
  /** The service, which serves the widget. */
  publicUrl: string
  /** Absent where the real system is connected. */
  slackUrl?: string | undefined
  zendeskUrl?: string | undefined
  channel: string
}

const here = join(import.meta.dirname, 'page')

async function bundle(entry: string): Promise<string> {
  const options = {
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  } as const
  const { outputFiles } = await build({ ...options, entryPoints: [join(here, entry)] })
  return outputFiles[0]?.text ?? ''
}

const page = (name: string, values: Record<string, string>) =>
  readFileSync(join(here, name), 'utf8').replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')

/** The demo shop with the widget, and beside it what happens in Slack and Zendesk. */
export async function startTour(options: TourOptions): Promise<Stand> {
  const [script, style] = await Promise.all([bundle('tour.tsx'), bundle('tour.css')])
  const settings = JSON.stringify({
    slackUrl: options.slackUrl ?? null,
    zendeskUrl: options.zendeskUrl ?? null,
    channel: options.channel,
  })
  const app = new Hono()
  app.get('/', (c) => c.html(page('tour.html', { settings: settings.replaceAll('<', '\\u003c') })))
  app.get('/shop', (c) => c.html(page('shop.html', { publicUrl: options.publicUrl })))
  app.get('/tour.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }))
  app.get('/tour.css', (c) => c.body(style, 200, { 'content-type': 'text/css' }))
  app.get('/healthz', (c) => c.json({ ok: true }))
  return listen(app, options.port, () => {})
}
