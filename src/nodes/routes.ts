import { Hono } from 'hono'
import type { Who } from '../access/who.ts'
import { NodeList } from '../contract/node.ts'
import { describe } from '../platform/http/describe.ts'
import type { Registry } from './registry.ts'

/** `/api/admin/nodes` */
export const nodeRoutes = (deps: { who: Pick<Who, 'atLeast'>; registry: Pick<Registry, 'list'> }): Hono =>
  new Hono().get(
    '/',
    describe({
      tag: 'nodes',
      summary: 'Lists the processes of this installation, the longest running first.',
      description:
        'Each says every heartbeat who it is. One that missed two of them is `gone`, and is listed for an hour after its last; one that ended as it should is not listed any more.',
      answers: { 200: NodeList },
      errors: ['forbidden'],
    }),
    async (c) => {
      await deps.who.atLeast(c, 'admin')
      return c.json({ nodes: await deps.registry.list() })
    },
  )
