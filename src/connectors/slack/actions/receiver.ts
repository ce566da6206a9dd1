import type { Context, Hono } from 'hono'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { parseJson } from '../../../platform/http/body.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { ProcessAction } from '../sdk.ts'
import { signedBody } from '../signed-body.ts'

export interface ActionReceiverDeps {
  signingSecret: string
  process: ProcessAction
  now(): number
  logger: Logger
}

/** Where Slack says what people do. Answers as soon as there is an answer, whatever is left to do. */
export function receiveActions(app: Hono, deps: ActionReceiverDeps): void {
  app.post('/connectors/slack/interactivity', async (c) => {
    const text = await signedBody(deps, c)
    if (text === null) return c.body(null, 200)
    const payload = new URLSearchParams(text).get('payload')
    if (payload === null) throw wrong('payload', 'missing')
    return answered(c, deps, parseJson(payload))
  })
  app.post('/connectors/slack/commands', async (c) => {
    const text = await signedBody(deps, c)
    if (text === null) return c.body(null, 200)
    const body = Object.fromEntries(new URLSearchParams(text))
    if (body.command === undefined) throw wrong('command', 'missing')
    return answered(c, deps, body)
  })
}

const wrong = (path: string, problem: string) => new DeskbridgeError('invalid_input', { details: [{ path, problem }] })

async function answered(c: Context, { process, logger }: ActionReceiverDeps, body: unknown): Promise<Response> {
  if (typeof body !== 'object' || body === null) throw wrong('payload', 'not an object')
  const answer = Promise.withResolvers<unknown>()
  process({ ...body }, async (said) => answer.resolve(said)).then(
    () => answer.resolve(undefined),
    (error: unknown) => {
      logger.warn({ err: error }, 'slack: an interaction failed')
      answer.reject(error instanceof DeskbridgeError ? error : new DeskbridgeError('unavailable', { cause: error }))
    },
  )
  const said = await answer.promise
  return said === undefined || said === '' ? c.body(null, 200) : c.json(said as object)
}
