import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Arrivals } from '../../bridge/port/arrival.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseJson } from '../../platform/http/body.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Renewable } from './renewable.ts'

/** A signature of long ago is somebody's copy. */
const clockToleranceMs = 5 * 60_000

const ticketOf = (subject: string): string => subject.slice('zen:ticket:'.length)
const subject = z.string().regex(/^zen:ticket:\d+$/)

/** Which ticket to look at; `by`: who changed it. Null: none. */
interface Ring {
  ticket: string
  by?: string | undefined
}

/** An event webhook names the ticket as its subject, our trigger's webhook by its id. */
const Webhook = z.union([
  z
    .object({
      type: z.literal('zen:event-type:ticket.comment_added'),
      subject,
      event: z.object({ comment: z.object({ is_public: z.boolean() }) }).optional(),
    })
    // A private comment is never for the chat, and most of them are our own: a look for each would use up the requests.
    .transform(({ subject, event }): Ring | null =>
      event?.comment.is_public === false ? null : { ticket: ticketOf(subject) },
    ),
  z
    .object({
      type: z.enum(['zen:event-type:ticket.status_changed', 'zen:event-type:ticket.agent_assignment_changed']),
      subject,
      detail: z.object({ actor_id: z.coerce.string().nullish().catch(null) }).nullish(),
    })
    .transform(({ subject, detail }): Ring | null => ({
      ticket: ticketOf(subject),
      by: detail?.actor_id ?? undefined,
    })),
  z
    .object({ ticket_id: z.union([z.string().regex(/^\d+$/), z.number().int()]) })
    .transform(({ ticket_id }): Ring | null => ({ ticket: String(ticket_id) })),
])

export interface ZendeskReceiverOptions {
  name: string
  /** With what Zendesk signs its calls; null: the account has no webhook to here. */
  secret: Renewable<string>
  /** Whom our own changes are by. */
  ownUser: Renewable<string>
  arrivals: Arrivals
  now(): number
  logger: Logger
}

/** Zendesk calls again after a 409, not after a 500. */
const callAgain = 409

/** `/connectors/zendesk/webhook`: a doorbell. What happened is fetched from Zendesk, so that it comes whole and in order. */
export function zendeskRoutes({ name, secret, ownUser, arrivals, now, logger }: ZendeskReceiverOptions): Hono {
  const routes = new Hono()

  routes.post('/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer())
    const signature = c.req.header('x-zendesk-webhook-signature')
    const timestamp = c.req.header('x-zendesk-webhook-signature-timestamp')
    if (!signature || !timestamp || !isTimely(timestamp, now())) throw new DeskbridgeError('wrong_signature')
    let isOurs: boolean
    try {
      isOurs = await isSigned(secret, timestamp, body, signature)
    } catch (error) {
      logger.error({ err: error }, 'the webhook’s secret could not be read')
      return c.body(null, callAgain)
    }
    if (!isOurs) throw new DeskbridgeError('wrong_signature')
    const text = body.toString()
    if (text.trim() === '') return c.body(null, 200)
    const { data: ring } = Webhook.safeParse(parseJson(text))
    // Other events of a subscription are none of ours; refusing them would trip Zendesk's circuit breaker.
    if (!ring || (await isOurDoing(ring, ownUser))) return c.body(null, 200)
    try {
      await arrivals.look(name, ring.ticket)
    } catch (error) {
      logger.error({ err: error, ticket: ring.ticket }, 'webhook could not be stored')
      return c.body(null, callAgain)
    }
    return c.body(null, 200)
  })

  return routes
}

/**
 * Each of our updates changes a status, and a look for each would use up the requests. Where our user is also a person, what
 * they change is told by the account's export a little later; their comments ring in any case.
 */
const isOurDoing = async ({ by }: Ring, ownUser: Renewable<string>): Promise<boolean> =>
  by !== undefined && by === (await ownUser.known().catch(() => null))

async function isSigned(
  secret: Renewable<string>,
  timestamp: string,
  body: Buffer,
  signature: string,
): Promise<boolean> {
  const isBy = (key: string | null) => key !== null && fits(key, timestamp, body, signature)
  return isBy(await secret.known()) || isBy(await secret.renewed())
}

function fits(key: string, timestamp: string, body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', key).update(timestamp).update(body).digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const isTimely = (timestamp: string, now: number): boolean => Math.abs(now - Date.parse(timestamp)) <= clockToleranceMs
