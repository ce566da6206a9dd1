import { DeskbridgeError } from '../../../contract/errors.ts'
import type { AgentId } from '../../../contract/ids.ts'
import { isOutsider } from '../arrivals/understand.ts'
import type { ActionDeps } from './deps.ts'
import type { Actor } from './payloads.ts'

/** The agent who acts, by the email that Slack has confirmed. Throws `forbidden` with what the person can do. */
export async function whoActs(
  { people, workspaces, desk }: Pick<ActionDeps, 'people' | 'workspaces' | 'desk'>,
  { id, team_id: team }: Actor,
): Promise<AgentId> {
  const [person, workspace] = await Promise.all([people(id), workspaces.current()])
  if (isOutsider(team ? { user_team: team } : {}, person, workspace)) throw refused(ofAnother)
  if (person.email === null) throw refused(noEmail)
  const agent = await desk.agentWith(person.email)
  if (agent === null) throw refused(noAccount)
  return agent
}

const refused = (message: string) => new DeskbridgeError('forbidden', { message })

const ofAnother = 'Only people of the workspace in which Deskbridge is installed can act in its chats.'
const noEmail =
  'Deskbridge cannot see your email in Slack. Confirm it in Slack; if it is confirmed, ask an administrator to give the app the permission users:read.email.'
const noAccount =
  'You have no account in Deskbridge with the email that you have in Slack. Ask an administrator to make one; until then, what you write in a thread goes out under your name.'
