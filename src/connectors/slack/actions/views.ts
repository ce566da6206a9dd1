import { escapeText, oneLine, splitText } from '../words/text.ts'
import type { Option } from './handlers.ts'
import { fields, modals } from './names.ts'
import type { About } from './payloads.ts'

/** Limits of Slack's. */
const optionLength = 75
const sectionLength = 3_000
const inputLength = 3_000
const mostBlocks = 100
const noteLength = 2_000

const plain = (text: string) => ({ type: 'plain_text' as const, text })

const modal = (title: string, blocks: readonly object[], more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  close: plain('Close'),
  blocks,
  ...more,
})

const acting = (callback_id: string, submit: string, about: About) => ({
  callback_id,
  submit: plain(submit),
  private_metadata: JSON.stringify(about),
})

const input = (field: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: field,
  label: plain(label),
  element: { ...element, action_id: field },
  ...more,
})

const words = (max_length: number) => ({ type: 'plain_text_input', multiline: true, max_length })

/** Filled by us as somebody types; from the beginning, without a letter. */
const list = (placeholder: string) => ({
  type: 'external_select',
  placeholder: plain(placeholder),
  min_query_length: 0,
})

export const option = (name: string, value: string): Option => ({ text: plain(oneLine(name, optionLength)), value })

export const assignView = (about: About) =>
  modal(
    'Assign this chat',
    [
      input(fields.receiver, 'To', list('An agent or a team')),
      input(fields.assignNote, 'Note for the team', words(noteLength), { optional: true }),
    ],
    acting(modals.assign, 'Assign', about),
  )

export const noteView = (about: About) =>
  modal(
    'Add a note',
    [input(fields.note, 'Only the team reads it', words(inputLength))],
    acting(modals.note, 'Add', about),
  )

/** `preview`: what would be sent, once a response is chosen. */
export const cannedView = (about: About, preview: string | null = null) =>
  modal(
    'Canned response',
    [
      input(fields.canned, 'Response', list('Type to search'), { dispatch_action: true }),
      ...(preview === null ? [] : splitText(preview, sectionLength).map(section)),
    ],
    acting(modals.canned, 'Send', about),
  )

const section = (text: string) => ({ type: 'section', text: plain(text) })

export interface ListedChat {
  name: string
  /** Null: it has no thread. */
  link: string | null
}

export const chatLine = ({ name, link }: ListedChat): string => {
  const shown = escapeText(oneLine(name, optionLength))
  return link === null ? `${shown} (no thread)` : `<${link}|${shown}>`
}

export const chatsView = (chats: readonly ListedChat[]) =>
  modal(
    'My chats',
    chats.length === 0
      ? [section('You have no open chat.')]
      : chats.slice(0, mostBlocks).map((chat) => ({ type: 'section', text: { type: 'mrkdwn', text: chatLine(chat) } })),
  )

export const troubleView = (text: string) => modal('Deskbridge', [section(text)])
