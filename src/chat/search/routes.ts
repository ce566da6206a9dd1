import { Hono } from 'hono'
import { type Connection, Schema } from 'mongoose'
import type { Staff, Who } from '../../access/who.ts'
import { parseInput } from '../../contract/parse.ts'
import { ChatSearchQuery, FoundInChatsPage } from '../../contract/search.ts'
import { describe } from '../../platform/http/describe.ts'
import type { LinkTo } from '../files/links.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import type { PictureAt } from '../pictures/picture-at.ts'
import { readerOf } from '../realtime/identity.ts'
import { searchChats } from './search-chats.ts'

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ 'state.visitorTerms': 1, 'state.createdAt': -1, _id: -1 })

/** The summaries' index by which visitors are found. */
export const visitorSearchModel = (connection: Connection) => connection.model('VisitorSearch', schema, 'sessions')

interface SearchDeps {
  connection: Connection
  inboxes: Inboxes
  who: Who
  files: { linkTo: LinkTo }
  pictures: { at: PictureAt }
  now(): number
}

/** `GET /api/chat/search` */
export const searchPart = (deps: SearchDeps): ChatPart => ({
  mount: (app) => app.route('/api/chat/search', searchRoutes(deps)),
})

function searchRoutes(deps: SearchDeps): Hono {
  const routes = new Hono()
  routes.get(
    '/',
    describe({
      tag: 'chats',
      summary: 'Finds messages, and chats by their visitor’s name, email or id, newest first.',
      scope: 'chats:read',
      query: ChatSearchQuery,
      answers: { 200: FoundInChatsPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      const staff = await deps.who.atLeast(c, 'agent', 'chats:read')
      const { token: _token, ...query } = c.req.query()
      const search = parseInput(ChatSearchQuery, query)
      const inboxes = await inboxesFor(deps.inboxes, staff, search.inbox)
      const reader = readerOf({ kind: 'agent', id: staff.id }, deps)
      return c.json(await searchChats(deps, search, inboxes, reader))
    },
  )
  return routes
}

/** All are named one by one, so that the index by inbox serves those who see all of them as well. */
async function inboxesFor(inboxes: Inboxes, staff: Staff, wanted: string | undefined): Promise<string[]> {
  const all = (await inboxes.list()).map(({ key }) => key)
  const theirs = staff.inboxes.length > 0 ? staff.inboxes : all
  return all.filter((key) => theirs.includes(key) && (wanted === undefined || key === wanted))
}
