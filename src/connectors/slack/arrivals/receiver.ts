import type { Hono } from 'hono'
import { z } from 'zod'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { parseJson } from '../../../platform/http/body.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { ProcessEvent } from '../sdk.ts'
import { signedBody } from '../signed-body.ts'

export interface ReceiverDeps {
  signingSecret: string
  process: ProcessEvent
  now(): number
  logger: Logger
}

const Body = z.discriminatedUnion('type', [
  z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) }),
  z.object({ type: z.literal('app_rate_limited') }),
  z.looseObject({ type: z.literal('event_callback'), event: z.looseObject({ type: z.string() }) }),
])

export const rateLimited = 'slack: more events than Slack delivers in an hour; threads are compared later'

/** Where Slack pushes its events. Answers 200 only after they are stored; anything else makes Slack push again. */
export function receiveEvents(app: Hono, deps: ReceiverDeps): void {
  app.post('/connectors/slack/events', async (c) => {
    const text = await signedBody(deps, c)
    if (text === null) return c.body(null, 200)
    const body = Body.safeParse(parseJson(text))
    if (!body.success) throw new DeskbridgeError('invalid_input', { details: z.prettifyError(body.error) })
    switch (body.data.type) {
      case 'url_verification':
        return c.json({ challenge: body.data.challenge })
      case 'app_rate_limited':
        deps.logger.warn(rateLimited)
        return c.body(null, 200)
      case 'event_callback':
        await handled(deps, body.data, Number(c.req.header('x-slack-retry-num') ?? Number.NaN))
        return c.body(null, 200)
    }
  })
}

async function handled(deps: ReceiverDeps, body: Record<string, unknown>, retryNum: number): Promise<void> {
  try {
    await deps.process(body, Number.isInteger(retryNum) ? retryNum : undefined)
  } catch (cause) {
    throw new DeskbridgeError('unavailable', { cause })
  }
}
