import { Hono } from 'hono'
import { administratorOfAll } from '../../access/administrator.ts'
import type { Who } from '../../access/who.ts'
import { Setup } from '../../contract/setup.ts'
import { describe } from '../../platform/http/describe.ts'

/** `/api/admin/setup` */
export const setupRoutes = ({ who, setup }: { who: Pick<Who, 'atLeast'>; setup(): Promise<Setup> }): Hono =>
  new Hono().get(
    '/',
    describe({
      tag: 'operations',
      summary: 'The steps of setting up, how far each is, and what to do next.',
      description: 'Each is looked at live, at most every half minute: docs/operations.md.',
      answers: { 200: Setup },
      errors: ['forbidden'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      return c.json(await setup())
    },
  )
