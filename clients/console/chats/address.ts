import type { ChatListName } from '../../../src/contract/lists.ts'

export const listNames = ['queue', 'mine', 'all', 'closed'] as const satisfies readonly ChatListName[]

/** The list that an address names; somebody who names none begins at their own. */
export const listOf = (text: string | undefined): ChatListName => listNames.find((name) => name === text) ?? 'mine'

export const addressOfList = (list: ChatListName): string => `/console/chats/${list}`
export const addressOfChat = (list: ChatListName, sessionId: string): string => `${addressOfList(list)}/${sessionId}`
/** The visitor's card, where it is a screen of its own. */
export const addressOfCard = (list: ChatListName, sessionId: string): string =>
  `${addressOfChat(list, sessionId)}/visitor`
