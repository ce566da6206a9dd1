import { TransferChat } from '../../../contract/assignment.ts'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { type AgentId, CannedId, EventKey } from '../../../contract/ids.ts'
import type { ActionDeps } from './deps.ts'
import type { Option, Problems } from './handlers.ts'
import { fields, modals } from './names.ts'
import { type About, Choice, chosenIn, Submission, Suggestion, typedIn } from './payloads.ts'
import { sentenceOf } from './tell.ts'
import { cannedView, option } from './views.ts'
import { chatOfThread, type ThreadChat } from './which-chat.ts'
import { whoActs } from './who-acts.ts'

/** Opens a modal about a chat for an agent who may see the chat. Its key makes a second submission the same as the first. */
export async function openModal(
  { api, desk, newKey }: ActionDeps,
  about: { by: AgentId; chat: ThreadChat; trigger: string; view(about: About): object },
): Promise<void> {
  const { by, chat, trigger, view } = about
  await desk.mayAct(by, chat.session)
  const { channel, root } = chat
  await api.openView(trigger, view({ channel, root, key: newKey() }))
}

/** What comes of a submitted modal. It is done before Slack is answered, so that a modal that closed has done what it says. */
export function submissions(deps: ActionDeps): Record<string, (body: unknown) => Promise<Problems>> {
  return {
    [modals.assign]: (body) => submitted(deps, body, fields.receiver, assign),
    [modals.canned]: (body) => submitted(deps, body, fields.canned, sendCanned),
    [modals.note]: (body) => submitted(deps, body, fields.note, addNote),
  }
}

type OnSubmit = (deps: ActionDeps, by: AgentId, chat: ThreadChat, submission: Submission) => Promise<void>

async function submitted(deps: ActionDeps, body: unknown, field: string, run: OnSubmit): Promise<Problems> {
  try {
    const submission = Submission.parse(body)
    const { channel, root } = submission.view.private_metadata
    const by = await whoActs(deps, submission.user)
    await run(deps, by, await chatOfThread(deps, channel, root), submission)
    return null
  } catch (error) {
    return { [field]: sentenceOf(deps, error) }
  }
}

const keyOf = ({ view }: Submission): EventKey => EventKey.parse(`slack:modal:${view.private_metadata.key}`)

const assign: OnSubmit = ({ desk }, by, { session }, submission) => {
  const [kind, ...rest] = (chosenIn(submission, fields.receiver) ?? '').split(':')
  const name = rest.join(':')
  const note = typedIn(submission, fields.assignNote).trim()
  const wanted = TransferChat.safeParse({
    to: kind === 'team' ? { team: name } : { agent: name },
    ...(note && { note }),
  })
  if (!wanted.success) throw new DeskbridgeError('invalid_input', { message: 'Choose an agent or a team of the list.' })
  return desk.transfer(by, session, wanted.data)
}

const sendCanned: OnSubmit = async ({ desk }, by, { session }, submission) => {
  const id = CannedId.safeParse(chosenIn(submission, fields.canned))
  if (!id.success) throw new DeskbridgeError('not_found')
  const key = keyOf(submission)
  if ((await desk.saidUnder(by, session, key)) !== 'nothing') return
  const text = await desk.renderCanned(by, session, id.data)
  await desk.say(by, session, { text, internal: false, key, origin: 'deskbridge' })
}

const addNote: OnSubmit = ({ desk }, by, { session }, submission) => {
  const text = typedIn(submission, fields.note)
  return desk.say(by, session, { text, internal: true, key: keyOf(submission), origin: 'deskbridge' })
}

/** What changes in a modal while it is open: a response that was chosen is shown as it would be sent. */
export function choices(deps: ActionDeps): Record<string, (body: unknown) => Promise<void>> {
  return {
    async [fields.canned](body) {
      const { user, view, actions } = Choice.parse(body)
      const about = view.private_metadata
      const preview = await previewOf(deps, user, about, actions[0].selected_option?.value ?? '').catch(
        (error: unknown) => sentenceOf(deps, error),
      )
      await deps.api.updateView(view.id, cannedView(about, preview))
    },
  }
}

async function previewOf(deps: ActionDeps, user: Submission['user'], about: About, chosen: string): Promise<string> {
  const id = CannedId.safeParse(chosen)
  if (!id.success) throw new DeskbridgeError('not_found')
  const by = await whoActs(deps, user)
  const { session } = await chatOfThread(deps, about.channel, about.root)
  return deps.desk.renderCanned(by, session, id.data)
}

/** What the lists of modals offer for what was typed. */
export function suggestions(deps: ActionDeps): Record<string, (body: unknown) => Promise<Option[]>> {
  const asked = async (body: unknown) => {
    const { user, value, view } = Suggestion.parse(body)
    const { channel, root } = view.private_metadata
    const by = await whoActs(deps, user)
    return { by, typed: value, session: (await chatOfThread(deps, channel, root)).session }
  }
  return {
    async [fields.canned](body) {
      const { by, typed, session } = await asked(body)
      return (await deps.desk.findCanned(by, session, typed)).map(({ id, name }) => option(name, id))
    },
    async [fields.receiver](body) {
      const { by, typed, session } = await asked(body)
      const { agents, teams } = await deps.desk.receivers(by, session)
      const all = [
        ...teams.map((team) => option(`Team ${team}`, `team:${team}`)),
        ...agents.map(({ id, name, status }) => option(`${name} (${status})`, `agent:${id}`)),
      ]
      return all
        .filter(({ text }) => text.text.toLowerCase().includes(typed.trim().toLowerCase()))
        .slice(0, mostOptions)
    },
  }
}

/** Slack shows no more. */
const mostOptions = 100
