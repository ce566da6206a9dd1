import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { QueuePlace, TransferChat } from '../../contract/assignment.ts'
import { Done } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import { mayRead } from '../sessions/may-read.ts'
import { queuePlace } from './queue-place.ts'
import { releaseChat } from './release-chat.ts'
import { reopenChat } from './reopen-chat.ts'
import { type Hand, type HandDeps, takeChat } from './take-chat.ts'
import { transferChat } from './transfer-chat.ts'

const tag = 'assignment'
const Nothing = z.strictObject({})

interface AssignmentRoutesDeps extends HandDeps {
  connection: Connection
  who: Who
  now(): number
}

/** `/api/chat/sessions/:id/…`: who has a chat. */
export function assignmentRoutes(deps: AssignmentRoutesDeps): Hono {
  const routes = new Hono()

  routes.post(
    '/:id/take',
    describe({
      tag,
      summary: 'Takes a chat.',
      description: 'A supervisor also takes one that another has, and past the own capacity.',
      body: Nothing,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden', 'session_closed', 'already_assigned', 'agent_full', 'agent_offline'],
    }),
    async (c) => {
      const { session, hand } = await agentIn(deps, c)
      await jsonBody(c, Nothing)
      return c.json(await takeChat(deps, session, hand))
    },
  )

  routes.post(
    '/:id/release',
    describe({
      tag,
      summary: 'Gives a chat back to the queue, where it has the place of its waiting time.',
      body: Nothing,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden', 'not_assigned'],
    }),
    async (c) => {
      const { session, hand } = await agentIn(deps, c)
      await jsonBody(c, Nothing)
      return c.json(await releaseChat(deps, session, hand))
    },
  )

  routes.post(
    '/:id/transfer',
    describe({
      tag,
      summary: 'Hands a chat on to an agent or to a team, with a note that only the team reads.',
      body: TransferChat,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden', 'session_closed', 'already_assigned', 'agent_full', 'agent_offline'],
    }),
    async (c) => {
      const { session, hand } = await agentIn(deps, c)
      return c.json(await transferChat(deps, session, await jsonBody(c, TransferChat), hand))
    },
  )

  routes.post(
    '/:id/reopen',
    describe({
      tag,
      summary: 'Opens a closed chat again, into the queue.',
      body: Nothing,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { session, hand } = await agentIn(deps, c)
      await jsonBody(c, Nothing)
      return c.json(await reopenChat(deps, session, hand))
    },
  )

  routes.get(
    '/:id/queue',
    describe({
      tag,
      summary: 'Where a chat stands in its inbox’s queue, and how long it is likely to wait.',
      answers: { 200: QueuePlace },
      errors: ['not_found'],
    }),
    async (c) => c.json(await queuePlace(deps, (await mayRead(deps, c)).summary)),
  )

  return routes
}

async function agentIn(deps: AssignmentRoutesDeps, c: Context): Promise<{ session: SessionId; hand: Hand }> {
  const { session, identity } = await mayRead(deps, c)
  if (identity.kind !== 'agent') throw new DeskbridgeError('forbidden')
  return { session, hand: identity }
}
