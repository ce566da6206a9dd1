import type { Hono } from 'hono'
import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { Apps } from './apps.ts'

const TokenInput = z.object({
  user: z.number(),
  /** Without it the app's first one. */
  installation: z.number().optional(),
  /** From now on; a token that is over has less than none. */
  expSeconds: z.number().default(120),
  aud: z.string().optional(),
  iss: z.string().optional(),
  sub: z.string().optional(),
  /** The app by whose key it is signed, in place of its own. */
  keyOf: z.number().optional(),
})

/** What is done with the apps in browsers: `POST /sandbox/apps/:id/token` gives what Zendesk sends for an app's page. */
export function mountApps(app: Hono, { apps, installations, write, serve }: Apps, now: () => number): void {
  const installed = (id: number) => [...installations.values()].filter(({ app_id }) => app_id === id)

  app.get('/sandbox/apps', (c) =>
    c.json([...apps.values()].map(({ id, name, manifest }) => ({ id, name, manifest, installations: installed(id) }))),
  )
  /** As Zendesk's own development server: a page at any address, without a package. */
  app.post('/sandbox/apps', async (c) => {
    const { url } = z.object({ url: z.url() }).parse(await c.req.json())
    return c.json({ id: serve(url).id }, 201)
  })
  app.put('/sandbox/installations/:id', async (c) => {
    const { enabled } = z.object({ enabled: z.boolean() }).parse(await c.req.json())
    const installation = installations.get(Number(c.req.param('id')))
    if (!installation) return c.json({ error: 'no such installation' }, 404)
    write({ kind: 'installation', id: installation.id, installation: { ...installation, enabled } })
    return c.json({ ok: true })
  })
  app.post('/sandbox/apps/:id/token', async (c) => {
    const id = Number(c.req.param('id'))
    const input = TokenInput.parse(await c.req.json())
    const signer = apps.get(input.keyOf ?? id)
    const installation = input.installation ?? installed(id).at(0)?.id
    if (!signer || installation === undefined) return c.json({ error: 'no such app, or not installed' }, 404)
    const { origin, host } = new URL(c.req.url)
    const at = Math.floor(now() / 1_000)
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(input.iss ?? host)
      .setSubject(input.sub ?? `${origin}/api/v2/users/${input.user}.json`)
      .setAudience(input.aud ?? `${origin}/api/v2/apps/installations/${installation}.json`)
      .setIssuedAt(at)
      .setExpirationTime(at + input.expSeconds)
      .sign(await importPKCS8(signer.privateKey, 'RS256'))
    return c.json({ token })
  })
}
