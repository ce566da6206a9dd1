import { type Context, Hono } from 'hono'
import { administratorOfAll, doneBy } from '../access/administrator.ts'
import type { Who } from '../access/who.ts'
import type { BridgeHealth } from '../bridge/health/health.ts'
import {
  ConnectorChat,
  ConnectorChatPage,
  ConnectorChatQuery,
  ConnectorHealth,
  ConnectorList,
  PauseConnector,
  type Setting,
} from '../contract/connector-health.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import { SessionId } from '../contract/ids.ts'
import { parseInput } from '../contract/parse.ts'
import { jsonBody } from '../platform/http/body.ts'
import { describe } from '../platform/http/describe.ts'
import { readConnector } from './read-connector.ts'

const tag = 'operations'
const description = 'What each state means and what to do: docs/operations.md.'

export interface ConnectorRoutesDeps {
  who: Pick<Who, 'atLeast'>
  health: BridgeHealth
  /** Of each destination that there could be. */
  settings: Readonly<Record<string, readonly Setting[]>>
}

/** `/api/admin/connectors` */
export function connectorRoutes(deps: ConnectorRoutesDeps): Hono {
  const { who, health, settings } = deps
  const routes = new Hono()
  /** Throws `not_found` for one that is not connected. */
  const named = (c: Context): string => {
    const name = c.req.param('name') ?? ''
    if (!health.names().includes(name)) throw notConnected
    return name
  }

  routes.get(
    '/',
    describe({
      tag,
      summary: 'How Slack and Zendesk stand: connected by what, working or not, and how much waits for them.',
      description,
      answers: { 200: ConnectorList },
      errors: ['forbidden'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const names = [...new Set([...Object.keys(settings), ...health.names()])]
      return c.json({ connectors: await Promise.all(names.map((name) => readConnector(deps, name))) })
    },
  )

  routes.get(
    '/:name',
    describe({ tag, summary: 'One of them.', answers: { 200: ConnectorHealth }, errors: ['forbidden', 'not_found'] }),
    async (c) => {
      await administratorOfAll(who, c)
      const name = c.req.param('name')
      if (!Object.hasOwn(settings, name)) throw new DeskbridgeError('not_found')
      return c.json(await readConnector(deps, name))
    },
  )

  routes.post(
    '/:name/pause',
    describe({
      tag,
      summary:
        'Pauses a connector: once this is answered, after a second, no worker calls it any more until it is resumed.',
      description: 'What arrives from it is taken in, and what is written meanwhile waits, in its order.',
      body: PauseConnector,
      answers: { 200: ConnectorHealth },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      const by = doneBy(await administratorOfAll(who, c))
      const name = named(c)
      const { reason } = await jsonBody(c, PauseConnector)
      await health.pause(name, by, reason ?? null)
      return c.json(await readConnector(deps, name))
    },
  )

  routes.post(
    '/:name/resume',
    describe({
      tag,
      summary: 'Ends the pause: what waited is brought, in its order.',
      answers: { 200: ConnectorHealth },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const name = named(c)
      await health.resume(name)
      return c.json(await readConnector(deps, name))
    },
  )

  routes.post(
    '/:name/retry',
    describe({
      tag,
      summary: 'Has all that waits for its next try tried now, and what is stopped once more.',
      description,
      answers: { 200: ConnectorHealth },
      errors: ['forbidden', 'not_found', 'connector_paused'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const name = named(c)
      await health.retry(name)
      return c.json(await readConnector(deps, name))
    },
  )

  routes.get(
    '/:name/chats',
    describe({
      tag,
      summary: 'Chats that wait for it, or that are stopped: the longest first.',
      query: ConnectorChatQuery,
      answers: { 200: ConnectorChatPage },
      errors: ['forbidden', 'not_found'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      return c.json(await health.chats(named(c), parseInput(ConnectorChatQuery, c.req.query())))
    },
  )

  routes.post(
    '/:name/chats/:session/retry',
    describe({
      tag,
      summary: 'Has one chat tried now, with what was not taken of it.',
      description,
      answers: { 200: ConnectorChat },
      errors: ['forbidden', 'not_found', 'connector_paused'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const session = SessionId.safeParse(c.req.param('session')).data
      if (!session) throw new DeskbridgeError('not_found')
      return c.json(await health.retryChat(named(c), session))
    },
  )

  return routes
}

const notConnected = new DeskbridgeError('not_found', {
  message: 'There is no such connector, or it is not connected.',
})
