import { setTimeout as wait } from 'node:timers/promises'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { z } from 'zod'

/** What can go wrong, switched on over HTTP. `hold_*` keeps a call until it is released. */
const Rule = z.object({
  id: z.string().default(() => crypto.randomUUID()),
  match: z.object({ method: z.string().optional(), text: z.string().optional() }).default({}),
  kind: z.enum([
    'delay',
    'drop_before',
    'drop_after',
    'status',
    'html',
    'hold_before',
    'hold_after',
    'duplicate_event',
    'reorder_event',
    'drop_event',
    'delay_event',
  ]),
  times: z.number().int().positive().default(1),
  ms: z.number().nonnegative().default(0),
  status: z.number().int().default(500),
  retryAfter: z.number().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
})
type Rule = z.infer<typeof Rule>

interface Active extends Rule {
  left: number
  hit: number
  held: { release(how: 'go_on' | 'drop'): void }[]
}

export interface Faults {
  /** The next rule of these kinds for a call or an event; takes one of its times. */
  take(kinds: readonly Rule['kind'][], method: string, text: string): Active | undefined
  middleware(nameOf: (c: Context) => string): MiddlewareHandler
  mount(app: Hono): void
}

export function createFaults(): Faults {
  let rules: Active[] = []

  const take: Faults['take'] = (kinds, method, text) => {
    const rule = rules.find(
      ({ kind, match, left }) =>
        left > 0 && kinds.includes(kind) && (match.method ?? method) === method && text.includes(match.text ?? ''),
    )
    if (!rule) return undefined
    rule.left -= 1
    rule.hit += 1
    return rule
  }

  const hold = (rule: Active): Promise<'go_on' | 'drop'> => new Promise((release) => rule.held.push({ release }))

  const before = async (c: Context, rule: Active | undefined): Promise<Response | undefined> => {
    if (!rule) return undefined
    if (rule.kind === 'delay') await wait(rule.ms)
    if (rule.kind === 'drop_before') return cut(c)
    if (rule.kind === 'hold_before' && (await hold(rule)) === 'drop') return cut(c)
    if (rule.kind === 'html') return c.html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502)
    if (rule.kind !== 'status') return undefined
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (rule.retryAfter !== undefined) headers['retry-after'] = String(rule.retryAfter)
    return new Response(JSON.stringify(rule.body ?? {}), { status: rule.status, headers })
  }

  return {
    take,
    middleware: (nameOf) => async (c, next) => {
      const name = nameOf(c)
      const text = readable(await c.req.raw.clone().text())
      const answer = await before(c, take(['delay', 'drop_before', 'status', 'html', 'hold_before'], name, text))
      if (answer) return answer
      const after = take(['drop_after', 'hold_after'], name, text)
      await next()
      if (after?.kind === 'drop_after' || (after && (await hold(after)) === 'drop')) c.res = cut(c)
      return undefined
    },
    mount(app) {
      app.get('/sandbox/faults', (c) => c.json(rules.map(({ held, ...rule }) => ({ ...rule, held: held.length }))))
      app.put('/sandbox/faults', async (c) => {
        rules = z
          .array(Rule)
          .parse(await c.req.json())
          .map((rule) => ({ ...rule, left: rule.times, hit: 0, held: [] }))
        return c.json({ ok: true })
      })
      app.delete('/sandbox/faults', (c) => {
        for (const { release } of rules.flatMap((rule) => rule.held)) release('go_on')
        rules = []
        return c.json({ ok: true })
      })
      app.post('/sandbox/faults/release', async (c) => {
        const { id, how } = z.object({ id: z.string(), how: z.enum(['go_on', 'drop']) }).parse(await c.req.json())
        const held = rules.filter((rule) => rule.id === id).flatMap((rule) => rule.held.splice(0))
        for (const { release } of held) release(how)
        return c.json({ released: held.length })
      })
    },
  }
}

/** A body as a person would write it in a rule: forms without their escapes. */
function readable(body: string): string {
  try {
    return body.startsWith('{') ? body : decodeURIComponent(body.replaceAll('+', ' '))
  } catch {
    return body
  }
}

/** Ends the connection without an answer. */
function cut(c: Context): Response {
  c.env.incoming?.socket?.destroy()
  return new Response(null, { status: 499 })
}
