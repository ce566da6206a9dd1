/** The buttons of a root, by their `action_id`; the `value` of each is the chat's id. */
export const rootActions = [
  'chat_take',
  'chat_release',
  'chat_close',
  'chat_reopen',
  'chat_ticket',
  'chat_assign',
  'chat_canned',
  'chat_note',
] as const
export type RootAction = (typeof rootActions)[number]
