import { createHash, createHmac } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, SessionId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Answer, Answers, Asked, Claim } from './answers.ts'
import { kindOf, type RouteKind } from './routes.ts'

const header = 'idempotency-key'
/** As long as what people make of orders and the like; nothing that a log or a proxy would change. */
const Given = z.object({
  [header]: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 characters without spaces'),
})

/** Names a request that is done once, to what it does. Nobody can guess it. */
const inContext = 'once'
export function onceOf(c: Context): string | undefined {
  const name: unknown = c.get(inContext)
  return typeof name === 'string' ? name : undefined
}

/** The key of the event that it makes in a chat's log. */
export const eventKeyOf = (once: string | undefined): EventKey | undefined =>
  once === undefined ? undefined : EventKey.parse(`once:${once}`)

interface OnceDeps {
  answers: Answers
  /** Names who asks, the same on each try. Throws `unauthorized`. */
  whose(c: Context): Promise<string>
  secret: string
  logger: Logger
}

/**
 * A POST with an `Idempotency-Key` is done once: a repeat gets the first answer. Only what was done is kept; a refusal has
 * written nothing, so that the same request may be tried again. Throws `invalid_input`, `unauthorized`, `key_conflict`,
 * `in_progress`, `outcome_unknown`.
 */
export const doOnce =
  (deps: OnceDeps): MiddlewareHandler =>
  async (c, next) => {
    const key = c.req.header(header)
    const kind = kindOf(c.req.path)
    if (c.req.method !== 'POST' || key === undefined || kind === 'reads') return next()
    const asked = await askedIn(deps, c, parseInput(Given, { [header]: key })[header] ?? '', kind)
    const claim = await deps.answers.claim(asked)
    if (claim.kind !== 'first') return again(claim)
    c.set(inContext, createHmac('sha256', deps.secret).update(`once ${asked.id}`).digest('base64url'))
    await next()
    await settle(deps, asked, claim.owner, c.res).catch((err: unknown) =>
      deps.logger.warn({ err }, 'an answer was given and not kept; a repeat will not find it'),
    )
  }

async function askedIn(deps: OnceDeps, c: Context, key: string, kind: RouteKind): Promise<Asked> {
  if (kind === 'streams') throw wrong('is not taken here, where the body is not read in one piece')
  const { path } = c.req
  const whose = await deps.whose(c)
  const body = new Uint8Array(await c.req.arrayBuffer())
  return {
    id: digest(whose, path, key),
    request: digest(new URL(c.req.url).search, createHash('sha256').update(body).digest('base64url')),
    session: SessionId.safeParse(path.split('/').at(4)).data ?? null,
    isRepeatable: kind === 'keyed',
  }
}

/** Of parts whose borders count as well. */
const digest = (...parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

const wrong = (problem: string) => new DeskbridgeError('invalid_input', { details: [{ path: header, problem }] })

function again(claim: Exclude<Claim, { kind: 'first' }>): Response {
  switch (claim.kind) {
    case 'answered':
      return replay(claim.answer)
    case 'other_request':
      throw new DeskbridgeError('key_conflict')
    case 'underway':
      throw new DeskbridgeError('in_progress', { retryAfterMs: 1_000 })
    case 'lost':
      throw new DeskbridgeError('outcome_unknown')
  }
}

function replay({ status, contentType, body }: Answer): Response {
  const headers = { 'idempotent-replayed': 'true', 'cache-control': 'no-store' }
  return new Response(body === '' ? null : body, {
    status,
    headers: contentType === null ? headers : { ...headers, 'content-type': contentType },
  })
}

async function settle({ answers }: OnceDeps, asked: Asked, owner: string, response: Response): Promise<void> {
  if (response.ok) {
    const { status, headers } = response
    const body = await response.clone().text()
    await answers.keep(asked, owner, { status, contentType: headers.get('content-type'), body })
  } else if (response.status < 500 || asked.isRepeatable) await answers.release(asked, owner)
  else await answers.lose(asked, owner)
}
