import { Hono } from 'hono'
import { type Connection, Schema } from 'mongoose'
import type { ResumeTokens } from '../../access/resume-tokens.ts'
import type { Tokens } from '../../access/tokens.ts'
import { StartedSession } from '../../contract/chat.ts'
import { ResumeChat } from '../../contract/mail.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { ChatPart } from '../part.ts'
import { type AbsentDeps, lookForAbsent } from './look-for-absent.ts'
import { resumeChat } from './resume-chat.ts'

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ 'state.missed.at': 1 }, { partialFilterExpression: { 'state.missed.at': { $exists: true } } })

/** The summaries' index of chats whose visitors have missed something. */
export const missedModel = (connection: Connection) => connection.model('Missed', schema, 'sessions')

interface VisitorLeftDeps extends AbsentDeps {
  tokens: Tokens
  resumeTokens: ResumeTokens
  everyMs: number
}

/** What follows a visitor who has left, and `POST /api/chat/resume`, by which they come back. */
export const visitorLeftPart = (deps: VisitorLeftDeps): ChatPart => ({
  mount: (app) => app.route('/api/chat/resume', resumeRoutes(deps)),
  sweeps: [{ name: 'absent', everyMs: deps.everyMs, run: () => lookForAbsent(deps) }],
})

function resumeRoutes(deps: VisitorLeftDeps): Hono {
  const routes = new Hono()
  routes.post(
    '/',
    describe({
      tag: 'chats',
      summary: 'Opens a chat for the visitor who was sent its link by email.',
      open: true,
      body: ResumeChat,
      answers: { 200: StartedSession },
      errors: ['unauthorized'],
    }),
    async (c) => c.json(await resumeChat(deps, (await jsonBody(c, ResumeChat)).token)),
  )
  return routes
}
