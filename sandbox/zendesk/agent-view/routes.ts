import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { bundle } from '../../bundle.ts'

const here = import.meta.dirname

/** `/agent/tickets/:id`: a ticket as an agent sees it, with the app that is installed beside it. */
export function agentView(): Hono {
  let made: Promise<{ script: string; style: string }> | null = null
  const make = async () => {
    const [script, style] = await Promise.all([bundle(join(here, 'view.tsx')), bundle(join(here, 'view.css'))])
    return { script, style }
  }
  return new Hono()
    .get('/tickets/:id', (c) => c.html(readFileSync(join(here, 'view.html'), 'utf8')))
    .get('/view.js', async (c) => c.body((await (made ??= make())).script, 200, { 'content-type': 'text/javascript' }))
    .get('/view.css', async (c) => c.body((await (made ??= make())).style, 200, { 'content-type': 'text/css' }))
}
