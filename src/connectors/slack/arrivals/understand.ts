import type { Arrival, InboxItem, RemoteAuthor, Said } from '../../../bridge/port/arrival.ts'
import type { InboxSettings } from '../../../bridge/port/asked.ts'
import { EventKey } from '../../../contract/ids.ts'
import { SlackSettings } from '../../../contract/slack-settings.ts'
import { classified } from '../failures.ts'
import { isOwn, markerOf, SlackMessage } from '../message.ts'
import type { People, Person } from '../people.ts'
import { mentioned, toPlainText } from '../words/mrkdwn.ts'
import type { Workspace, Workspaces } from '../workspace.ts'
import { audienceOf } from './audience.ts'
import { Change } from './changes.ts'
import type { SlackFiles } from './files.ts'
import type { SlackPictures } from './pictures.ts'

/** What a person writes; other subtypes report changes and the doings of the channel. */
const written: ReadonlySet<string> = new Set(['thread_broadcast', 'file_share', 'me_message'])

interface UnderstandDeps {
  workspaces: Workspaces
  people: People
  pictures: SlackPictures
  files: SlackFiles
  inboxes: Pick<InboxSettings, 'find'>
}

export function understandMessage(deps: UnderstandDeps, item: InboxItem, inbox: string): Promise<Arrival> {
  return classified('link', async () => {
    const change = Change.safeParse(item.raw)
    if (change.success) return changed(deps, item, change.data, inbox)
    const said = await heard(deps, SlackMessage.parse(item.raw), inbox)
    return 'kind' in said ? said : { kind: 'message', key: EventKey.parse(`slack:${item.id}`), ...said }
  })
}

async function changed(
  deps: UnderstandDeps,
  { id, of }: InboxItem,
  { change, message }: Change,
  inbox: string,
): Promise<Arrival> {
  const workspace = await deps.workspaces.current()
  // What we change ourselves is known; a marker in it says nothing of another post.
  if (isOwn(message, workspace)) return { kind: 'pass', reason: 'changed by us' }
  const key = EventKey.parse(`slack:${of}`)
  if (change === 'delete') return { kind: 'delete', of: key }
  const said = await heard(deps, message, inbox)
  return 'kind' in said ? said : { kind: 'edit', of: key, key: EventKey.parse(`slack:${id}`), ...said }
}

type NotSaid = Extract<Arrival, { kind: 'own' | 'pass' }>

async function heard(deps: UnderstandDeps, message: SlackMessage, inbox: string): Promise<Said | NotSaid> {
  const workspace = await deps.workspaces.current()
  if (isOwn(message, workspace)) return { kind: 'own', marker: markerOf(message) }
  if (message.bot_id !== undefined) return { kind: 'pass', reason: 'written by another app', unheard: 'another app' }
  if (message.subtype !== undefined && !written.has(message.subtype)) return { kind: 'pass', reason: message.subtype }
  if (message.user === undefined) return { kind: 'pass', reason: 'without an author' }
  const person = await deps.people(message.user)
  const settings = await settingsOf(deps, inbox)
  const outside = isOutsider(message, person, workspace)
  if (outside && !settings.allowOutsiders)
    return { kind: 'pass', reason: 'written by another organisation', unheard: 'another organisation' }
  const { text, internal, marked } = audienceOf(message.text ?? '', settings)
  const files = (message.files ?? []).filter(({ mode }) => mode !== 'tombstone').map(deps.files)
  return {
    // Another organisation's word for an email makes nobody an agent of ours.
    author: authorOf(outside ? { ...person, email: null } : person, deps.pictures),
    text: await textOf(text, deps.people),
    ...(files.length > 0 && { files }),
    ...(internal && { internal }),
    ...(marked && { marked }),
  }
}

const settingsOf = async ({ inboxes }: UnderstandDeps, inbox: string): Promise<SlackSettings> =>
  (await inboxes.find(inbox))?.slack ?? SlackSettings.parse({})

function authorOf({ id, name, email, picture: address }: Person, pictures: SlackPictures): RemoteAuthor {
  const picture = address === null ? null : pictures(address)
  return { id, name, ...(email !== null && { email }), ...(picture && { picture }) }
}

/** A shared channel has people of other companies in it; what they write is not the team's answer. */
export function isOutsider(
  message: Pick<SlackMessage, 'user_team'>,
  person: Person,
  { team, enterprise }: Workspace,
): boolean {
  const home = message.user_team ?? person.team
  if (home === null || home === team) return false
  return enterprise === null || (home !== enterprise && person.enterprise !== enterprise)
}

/** What a message says, as plain text. */
export async function textOf(text: string, people: People): Promise<string> {
  const names = new Map<string, string>()
  for (const id of mentioned(text)) names.set(id, (await people(id)).name)
  return toPlainText(text, names)
}
