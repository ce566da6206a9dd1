import { DeskbridgeError } from '../../contract/errors.ts'
import type { Visitor } from '../../contract/event.ts'
import type { CannedId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { render, type Values } from '../../contract/template.ts'
import type { Agents } from '../agents/agents.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { getCanned } from './find-canned.ts'
import type { Responses } from './stored.ts'

interface Deps {
  responses: Responses
  inboxes: Pick<Inboxes, 'get'>
  agents: Pick<Agents, 'get'>
}

/** The text as this agent would send it in this chat. A response of another inbox is not there: `not_found`. */
export async function renderCanned(deps: Deps, id: CannedId, session: SessionSummary, agent: string): Promise<string> {
  const response = await getCanned(deps.responses, id, [session.inbox])
  if (!response.isActive) throw new DeskbridgeError('not_found')
  const [by, inbox] = await Promise.all([deps.agents.get(agent), deps.inboxes.get(session.inbox)])
  return render(response.text, valuesOf(session.visitor, by, inbox, session.id))
}

const valuesOf = (
  visitor: Visitor,
  agent: { name: string; email: string },
  inbox: Pick<Inbox, 'key' | 'name'>,
  session: string,
): Values => ({
  variables: {
    'visitor.name': visitor.name,
    'visitor.email': visitor.email,
    'visitor.phone': visitor.phone,
    'visitor.page': visitor.page,
    'visitor.locale': visitor.locale,
    'agent.name': agent.name,
    'agent.email': agent.email,
    'inbox.name': inbox.name,
    'inbox.key': inbox.key,
    'session.id': session,
  },
  attributes: visitor.attributes ?? {},
})
