import type { Conversation } from '../../src/bridge/conversation.ts'

/** A chat in which nobody who writes elsewhere has an account. */
export const aColleague: Conversation['whoIs'] = async ({ id, name }, { system }) => ({
  kind: 'colleague',
  system,
  id,
  name,
})
