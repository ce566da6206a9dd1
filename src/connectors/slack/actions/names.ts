/** The names by which Slack says what somebody did. They stand in messages and in the app's manifest for good. */
export const buttons = {
  take: 'chat_take',
  release: 'chat_release',
  close: 'chat_close',
  reopen: 'chat_reopen',
  ticket: 'chat_ticket',
  assign: 'chat_assign',
  canned: 'chat_canned',
  note: 'chat_note',
} as const

/** Fields of modals, each in a block of its own name. */
export const fields = {
  receiver: 'assign_receiver',
  assignNote: 'assign_note',
  canned: 'canned_response',
  note: 'note_text',
} as const

export const modals = { assign: 'assign', canned: 'canned', note: 'note' } as const

/** As the manifest has them. */
export const shortcuts = {
  chat_send: { name: 'Send to the customer', type: 'message', description: 'Sends what you wrote in a chat’s thread.' },
  chat_add_note: {
    name: 'Add as a note',
    type: 'message',
    description: 'Keeps this message in the chat for the team.',
  },
  chat_add_canned: {
    name: 'Canned response',
    type: 'message',
    description: 'Chooses a canned response for this thread’s chat.',
  },
  my_chats: { name: 'My chats', type: 'global', description: 'Shows your open chats.' },
} as const

export const command = {
  command: '/deskbridge',
  description: 'Sets your status, or lists your chats',
  usage_hint: 'online | away | busy | chats | help',
  should_escape: false,
} as const
