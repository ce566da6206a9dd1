import { Hono } from 'hono'
import type { Connection } from 'mongoose'
import type { Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { ChatListName, ChatListPage, ChatListQuery, ListedChats, ListedChatsQuery } from '../../contract/lists.ts'
import { parseInput } from '../../contract/parse.ts'
import type { Log } from '../../log/log.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { listChats } from './list-chats.ts'
import { listedChat } from './listed-chat.ts'

export interface ListDeps {
  connection: Connection
  log: Pick<Log<SessionSummary>, 'state'>
  messages: MessageStore
  inboxes: Pick<Inboxes, 'list'>
  who: Who
}

/** `/api/chat/lists`: the chats that agents work from. */
export function listRoutes(deps: ListDeps): Hono {
  const routes = new Hono()

  const shown = async (states: readonly SessionSummary[]) => {
    const inboxes = new Map((await deps.inboxes.list()).map((inbox) => [inbox.key, inbox]))
    return Promise.all(states.map((state) => listedChat(deps.messages, state, inboxes.get(state.inbox))))
  }

  routes.get(
    '/',
    describe({
      tag: 'chats',
      summary: 'Some chats as lines of a list, as they are at this moment.',
      description: 'To be asked after `chats_changed` has named them.',
      query: ListedChatsQuery,
      answers: { 200: ListedChats },
      errors: ['forbidden'],
    }),
    async (c) => {
      const { inboxes } = await deps.who.atLeast(c, 'agent')
      const { ids } = parseInput(ListedChatsQuery, c.req.query())
      const states = await Promise.all(ids.map((id) => deps.log.state(id)))
      const theirs = states.flatMap((state) =>
        state && (inboxes.length === 0 || inboxes.includes(state.inbox)) ? [state] : [],
      )
      return c.json({ chats: await shown(theirs) })
    },
  )

  routes.get(
    '/:list',
    describe({
      tag: 'chats',
      summary: 'One of the lists `queue`, `mine`, `all` and `closed`.',
      query: ChatListQuery,
      answers: { 200: ChatListPage },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const who = await deps.who.atLeast(c, 'agent')
      const list = ChatListName.safeParse(c.req.param('list'))
      if (!list.success) throw new DeskbridgeError('not_found')
      const { chats, ...page } = await listChats(
        deps.connection,
        list.data,
        parseInput(ChatListQuery, c.req.query()),
        who,
      )
      return c.json({ ...page, chats: await shown(chats) })
    },
  )

  return routes
}
