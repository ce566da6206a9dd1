import { App, LogLevel, type Receiver, type Logger as SlackLogger, verifySlackRequest } from '@slack/bolt'
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import { z } from 'zod'
import { neverReached } from '../../platform/http/never-reached.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Actions } from './actions/handlers.ts'
import type { EventHandlers, Method } from './permissions.ts'
import { type Problem, SlackProblem } from './problem.ts'

/** Calls a method once, never again by itself. Ends with `until`. Throws `SlackProblem`. */
export type Call = (method: Method, args: Record<string, unknown>, until: AbortSignal) => Promise<unknown>

/** Calls are made once. */
export const clientOptions = (apiUrl: string) => ({
  slackApiUrl: apiUrl,
  allowAbsoluteUrls: false,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
})

/** `apiUrl` ends in `/api/`. */
export function createCall(token: string | undefined, apiUrl: string): Call {
  // What goes wrong is thrown, and the library's lines hold whole messages.
  const fixed = { ...clientOptions(apiUrl), logger: librarySays(() => {}) }
  return async (method, args, until) => {
    const client = new WebClient(token, { ...fixed, fetch: (url, init) => fetchUntil(until, url, init) })
    try {
      return await endingWith(until, client.apiCall(method, args))
    } catch (error) {
      throw new SlackProblem(method, problemOf(error), { cause: error })
    }
  }
}

/** Once an answer has begun the platform may lose sight of the signal: a body that stops would never end. */
function endingWith<T>(until: AbortSignal, run: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const stop = () => reject(until.reason)
  until.addEventListener('abort', stop, { once: true })
  void run.then(resolve, reject).finally(() => until.removeEventListener('abort', stop))
  return promise
}

const defaultRetryAfterS = 30

/** The client understands a limit only with a number of seconds beside it. */
export async function fetchUntil(
  signal: AbortSignal,
  url: string | URL,
  init?: Omit<RequestInit, 'signal'>,
): Promise<Response> {
  const answer = await fetch(url, { ...init, signal })
  if (answer.status !== 429 || /^\d+/.test(answer.headers.get('retry-after') ?? '')) return answer
  return new Response(null, { status: 429, headers: { 'retry-after': String(defaultRetryAfterS) } })
}

export function problemOf(error: unknown): Problem {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate_limited', afterMs: Math.max(error.retryAfter, 1) * 1_000 }
  }
  if (error instanceof WebAPIHTTPError) return { kind: 'http', status: error.statusCode }
  if (error instanceof WebAPIPlatformError) return refusalOf(error.data)
  if (error instanceof WebAPIRequestError && neverReached(error.original)) return { kind: 'not_sent' }
  return { kind: 'no_answer' }
}

const Refusal = z.object({ error: z.string().regex(/^[a-z0-9_]{1,100}$/), needed: z.string().optional() })

/** The client gives any text that is not JSON as an error code. */
function refusalOf(data: unknown): Problem {
  const parsed = Refusal.safeParse(data)
  if (!parsed.success) return { kind: 'unreadable' }
  const { error: code, needed } = parsed.data
  return { kind: 'refusal', code, ...(needed !== undefined && { needed }) }
}

/** Runs the handlers of one pushed event to their end; throws what they throw. */
export type ProcessEvent = (body: Record<string, unknown>, retryNum: number | undefined) => Promise<void>

/** A router without a server of its own and without a call to Slack. */
function createRouter(logger: Logger): App {
  const receiver: Receiver = { init() {}, start: async () => {}, stop: async () => {} }
  return new App({
    receiver,
    authorize: async () => ({}),
    convoStore: false,
    // Our own posts are how a call whose answer was lost is met again.
    ignoreSelf: false,
    logger: librarySays((lines) => logger.warn({ lines: lines.map(String) }, 'slack library')),
  })
}

export function createProcessEvent(handlers: EventHandlers, logger: Logger): ProcessEvent {
  const app = createRouter(logger)
  for (const [type, handle] of Object.entries(handlers)) {
    app.event(type, ({ event, body }) => handle(event, body))
  }
  return async (body, retryNum) => {
    await app.processEvent({ body, ack: async () => {}, ...(retryNum !== undefined && { retryNum }) })
  }
}

/** Runs what somebody did to its end; `ack` takes what Slack is answered, once. Throws what the action throws. */
export type ProcessAction = (body: Record<string, unknown>, ack: (answer?: unknown) => Promise<void>) => Promise<void>

export function createProcessAction(actions: Actions, logger: Logger): ProcessAction {
  const app = createRouter(logger)
  for (const [id, run] of Object.entries(actions.clicks))
    app.action(id, async ({ ack, body }) => {
      await ack()
      await run(body)
    })
  for (const [id, run] of Object.entries(actions.shortcuts))
    app.shortcut(id, async ({ ack, body }) => {
      await ack()
      await run(body)
    })
  for (const [id, run] of Object.entries(actions.submissions))
    app.view(id, async ({ ack, body }) => {
      const errors = await run(body)
      await (errors ? ack({ response_action: 'errors', errors }) : ack())
    })
  for (const [id, run] of Object.entries(actions.suggestions))
    app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: id }, async ({ ack, body }) =>
      ack({ options: [...(await run(body))] }),
    )
  for (const [name, run] of Object.entries(actions.commands))
    app.command(name, async ({ ack, body }) => ack({ response_type: 'ephemeral', text: await run(body) }))
  return (body, ack) => app.processEvent({ body, ack })
}

/** Slack's clock and ours may differ by so much. */
const clockToleranceS = 300

/** Whether Slack signed this very body, not long ago and not in the future. `now`: epoch ms. */
export function isSigned(signingSecret: string, body: string, headers: Headers, now: number): boolean {
  const signature = headers.get('x-slack-signature') ?? ''
  const timestamp = Number(headers.get('x-slack-request-timestamp') ?? Number.NaN)
  if (!Number.isInteger(timestamp) || timestamp > now / 1_000 + clockToleranceS) return false
  try {
    const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
    verifySlackRequest({ signingSecret, body, headers: signed, nowMilliseconds: now })
    return true
  } catch {
    return false
  }
}

export const librarySays = (say: (lines: unknown[]) => void): SlackLogger => ({
  debug() {},
  info() {},
  warn: (...lines: unknown[]) => say(lines),
  error: (...lines: unknown[]) => say(lines),
  setLevel() {},
  getLevel: () => LogLevel.WARN,
  setName() {},
})
