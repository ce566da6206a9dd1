import { DeskbridgeError } from '../../../contract/errors.ts'
import { type AgentId, EventKey } from '../../../contract/ids.ts'
import { textOf } from '../arrivals/understand.ts'
import { remoteIdOf } from '../message-ids.ts'
import type { People } from '../people.ts'
import { chatsOf } from './chats.ts'
import type { ActionDeps } from './deps.ts'
import { openModal } from './modals.ts'
import type { shortcuts } from './names.ts'
import { GlobalShortcut, MessageShortcut } from './payloads.ts'
import { sentenceOf, tell, toldOfTrouble } from './tell.ts'
import { cannedView, chatsView, troubleView } from './views.ts'
import { chatOfMessage, type ThreadChat } from './which-chat.ts'
import { whoActs } from './who-acts.ts'

type Answer = string | null

/** `done`: what the person is told, because nothing else shows it. */
type OnMessage = (deps: ActionDeps, by: AgentId, chat: ThreadChat, on: MessageShortcut) => Promise<Answer>

export function shortcutActions(deps: ActionDeps): Record<keyof typeof shortcuts, (body: unknown) => Promise<void>> {
  return {
    chat_send: (body) => onMessage(deps, body, sendToCustomer),
    chat_add_note: (body) => onMessage(deps, body, addAsNote),
    chat_add_canned: (body) => onMessage(deps, body, openCanned),
    my_chats: (body) => showChats(deps, body),
  }
}

function onMessage(deps: ActionDeps, body: unknown, run: OnMessage): Promise<void> {
  const on = MessageShortcut.parse(body)
  const { user, channel, message } = on
  const to = { channel: channel.id, user: user.id, thread_ts: message.thread_ts ?? message.ts }
  return toldOfTrouble(deps, to, async () => {
    const by = await whoActs(deps, user)
    const done = await run(deps, by, await chatOfMessage(deps, on), on)
    if (done !== null) await tell(deps, to, done)
  })
}

const refused = (message: string) => new DeskbridgeError('forbidden', { message })

const keyOf = ({ channel, message }: MessageShortcut): EventKey =>
  EventKey.parse(`slack:${remoteIdOf(channel.id, message.ts)}`)

async function wordsOf(message: MessageShortcut['message'], people: People): Promise<string> {
  const files = (message.files ?? []).map((file) => `[File: ${file.name || 'unnamed'}]`)
  return [await textOf(message.text ?? '', people), ...files].filter((line) => line !== '').join('\n')
}

/** Under the key that the message has when it is brought by itself, so that it never reaches the customer both ways. */
const sendToCustomer: OnMessage = async ({ desk, people }, by, { session }, on) => {
  const { user, message } = on
  if (message.bot_id !== undefined || message.user !== user.id)
    throw refused('Only who wrote a message can send it to the customer. Write in the thread what you want to say.')
  const own = keyOf(on)
  const standing = await desk.saidUnder(by, session, own)
  if (standing === 'to the customer') return 'The customer has this already.'
  const key = standing === 'nothing' ? own : EventKey.parse(`${own}:sent`)
  await desk.say(by, session, { text: await wordsOf(message, people), internal: false, key, origin: 'slack' })
  return 'Sent to the customer.'
}

const addAsNote: OnMessage = async ({ desk, people }, by, { session }, on) => {
  const { user, message } = on
  if (message.bot_id !== undefined || message.user === undefined)
    throw refused('Only what people wrote here can be added as a note; the chat has the rest.')
  const said = await wordsOf(message, people)
  const text = message.user === user.id ? said : `${(await people(message.user)).name}: ${said}`
  const key = EventKey.parse(`${keyOf(on)}:note`)
  await desk.say(by, session, { text, internal: true, key, origin: 'slack' })
  return 'Added as a note. Only the team reads it.'
}

const openCanned: OnMessage = async (deps, by, chat, { trigger_id: trigger }) => {
  await openModal(deps, { by, chat, trigger, view: cannedView })
  return null
}

async function showChats(deps: ActionDeps, body: unknown): Promise<void> {
  const { user, trigger_id: trigger } = GlobalShortcut.parse(body)
  const view = await whoActs(deps, user)
    .then(async (by) => chatsView(await chatsOf(deps, by)))
    .catch((error: unknown) => troubleView(sentenceOf(deps, error)))
  await deps.api.openView(trigger, view)
}
