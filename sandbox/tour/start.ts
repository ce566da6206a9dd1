import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { bundle } from '../bundle.ts'
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

const page = (name: string, values: Record<string, string>) =>
  readFileSync(join(here, name), 'utf8').replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')

/** The demo shop with the widget, and beside it what happens in Slack and Zendesk. */
export async function startTour(options: TourOptions): Promise<Stand> {
  const [script, style] = await Promise.all([bundle(join(here, 'tour.tsx')), bundle(join(here, 'tour.css'))])
  const settings = JSON.stringify({
    slackUrl: options.slackUrl ?? null,
    zendeskUrl: options.zendeskUrl ?? null,
    channel: options.channel,
    consoleUrl: `${options.publicUrl}/console`,
  })
  const app = new Hono()
  app.get('/', (c) => c.html(page('tour.html', { settings: settings.replaceAll('<', '\\u003c') })))
  app.get('/shop', (c) => c.html(page('shop.html', { publicUrl: options.publicUrl })))
  app.get('/tour.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }))
  app.get('/tour.css', (c) => c.body(style, 200, { 'content-type': 'text/css' }))
  app.get('/healthz', (c) => c.json({ ok: true }))
  return listen(app, options.port, () => {})
}
