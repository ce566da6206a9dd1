/** How a chat stands, as its ticket's tag says: the view and the account's triggers go by it. */
const tagOf = {
  /** The visitor is here: in the view of live chats, and mailed nothing that they read in the chat. */
  live: 'chat',
  /** Open, and the visitor has left: in the view, and mailed like the requester of any ticket. */
  away: 'chat_away',
  /** Over: an ordinary ticket. */
  ended: 'chat_ended',
} as const
export type Standing = keyof typeof tagOf
export const standings = ['live', 'away', 'ended'] as const satisfies readonly Standing[]

export const liveTag = tagOf.live
export const awayTag = tagOf.away

/** A ticket of ours has one of them. */
export const ourTags: readonly string[] = Object.values(tagOf)

/** A ticket's tags with another standing; what agents and triggers have added stays. */
export const tagged = (tags: readonly string[], standing: Standing): string[] => [
  tagOf[standing],
  ...tags.filter((tag) => !ourTags.includes(tag)),
]

/** Null: none of ours is there. */
export const standingIn = (tags: readonly string[]): Standing | null =>
  standings.find((standing) => tags.includes(tagOf[standing])) ?? null
