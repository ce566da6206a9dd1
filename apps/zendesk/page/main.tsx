import { type ComponentChild, render } from 'preact'
import { createAgentApi } from '../../../clients/agent/api.ts'
import { createAgentChat } from '../../../clients/agent/chat.ts'
import { createAgentLines } from '../../../clients/agent/lines.ts'
import { Pane } from '../../../clients/agent/pane/pane.tsx'
import { createAgentTokens } from '../../../clients/agent/tokens.ts'
import { createHttp } from '../../../clients/core/line/http.ts'
import { openStorage } from '../../../clients/core/platform/browser-storage.ts'
import { Blank } from './blank.tsx'
import { readPage } from './handed.ts'
import { renewToken } from './renew.ts'
import { openTicket } from './ticket.ts'

const handed = readPage(document)
const root = document.getElementById('app')
const show = (what: ComponentChild) => {
  if (root) render(what, root)
}

async function begin(): Promise<void> {
  if (handed.kind === 'refused') return show(<Blank text={handed.why} />)
  const ticket = openTicket()
  if (!ticket) return show(<Blank text="This page belongs beside a ticket in Zendesk." />)
  ticket.followColours((scheme) => document.documentElement.setAttribute('data-scheme', scheme))
  const sessionId = await ticket.sessionId()
  if (sessionId === null) return show(<Blank text="This ticket did not come from a chat." />)

  const url = location.origin
  const tokens = createAgentTokens({ first: handed, renew: (token) => renewToken(url, token), now: Date.now })
  const api = createAgentApi(url, tokens)
  const chat = createAgentChat({
    line: createAgentLines(url, tokens).chat(),
    sessionId,
    storage: openStorage(),
    page: (before) => api.before(sessionId, before),
    upload: async (upload) => createHttp(url).upload({ ...upload, token: await tokens.current() }),
    newId: () => crypto.randomUUID(),
    now: Date.now,
    later: (task, ms) => void setTimeout(task, ms),
    random: Math.random,
  })
  show(<Pane chat={chat} api={api} sessionId={sessionId} me={handed.agent.id} />)
}

await begin()
