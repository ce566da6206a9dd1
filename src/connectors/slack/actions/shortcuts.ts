import type { Desk } from '../../../bridge/port/desk.ts'
import { fileKey, noteKey, sentKey } from '../../../contract/arrived-keys.ts'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { type AgentId, EventKey, type SessionId } from '../../../contract/ids.ts'
import { textOf } from '../arrivals/understand.ts'
import { remoteIdOf } from '../message-ids.ts'
import { chatsOf } from './chats.ts'
import type { ActionDeps } from './deps.ts'
import { filesOf } from './files-of.ts'
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

/** Under the key that the message has when it is brought by itself, so that it never reaches the customer both ways. */
const sendToCustomer: OnMessage = async ({ desk, people, files }, by, { session }, on) => {
  const { user, message } = on
  if (message.bot_id !== undefined || message.user !== user.id)
    throw refused('Only who wrote a message can send it to the customer. Write in the thread what you want to say.')
  const own = keyOf(on)
  const [words, sent] = [await textOf(message.text ?? '', people), filesOf(message, files)]
  const { text, sentAlong } = await standingOf(desk, by, session, { key: own, words, files: sent.length })
  const all = [...(text === null ? [] : [text]), ...sentAlong]
  if (all.length > 0 && all.every((one) => one === 'to the customer')) return 'The customer has this already.'
  const isNote = all.includes('to the team')
  const key = isNote ? sentKey(own) : own
  const isThere = text === 'to the customer' && !isNote
  await desk.say(by, session, { text: isThere ? '' : words, files: sent, internal: false, key, origin: 'slack' })
  return 'Sent to the customer.'
}

type Standing = Awaited<ReturnType<Desk['saidUnder']>>

/** Of each part of a message, who reads it in the chat. `text`: null for a message that says nothing. */
async function standingOf(
  desk: Desk,
  by: AgentId,
  session: SessionId,
  { key, words, files }: { key: EventKey; words: string; files: number },
): Promise<{ text: Standing | null; sentAlong: Standing[] }> {
  const text = words.trim() === '' ? null : await desk.saidUnder(by, session, key)
  const sentAlong: Standing[] = []
  for (let index = 0; index < files; index += 1) sentAlong.push(await desk.saidUnder(by, session, fileKey(key, index)))
  return { text, sentAlong }
}

const addAsNote: OnMessage = async ({ desk, people, files }, by, { session }, on) => {
  const { user, message } = on
  if (message.bot_id !== undefined || message.user === undefined)
    throw refused('Only what people wrote here can be added as a note; the chat has the rest.')
  const said = await textOf(message.text ?? '', people)
  const text = message.user === user.id ? said : `${(await people(message.user)).name}: ${said}`.trimEnd()
  const key = noteKey(keyOf(on))
  await desk.say(by, session, { text, files: filesOf(message, files), internal: true, key, origin: 'slack' })
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
