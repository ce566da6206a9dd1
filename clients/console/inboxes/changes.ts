import type { ChangeInbox, Inbox } from '../../../src/contract/inbox.ts'

type Setting = Exclude<keyof ChangeInbox, 'version'>

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Only what differs, so that two people who set up different things do not undo each other. */
export const changesOf = (before: Inbox, after: Inbox): ChangeInbox =>
  Object.fromEntries(
    settings.filter(([name]) => !isSame(before[name], after[name])).map(([name]) => [name, after[name]]),
  )

/** What is there now, with what `mine` changes of `read` in it. */
export const rebased = (read: Inbox, now: Inbox, mine: Inbox): Inbox => ({
  ...now,
  ...Object.fromEntries(Object.entries(changesOf(read, mine))),
})

/** What somebody else has changed since `read`, and `mine` is about to replace. */
export const clashesOf = (read: Inbox, now: Inbox, mine: ChangeInbox): Setting[] =>
  settings
    .map(([name]) => name)
    .filter((name) => name in mine && !isSame(read[name], now[name]) && !isSame(now[name], mine[name]))

export const settings: readonly (readonly [setting: Setting, words: string])[] = [
  ['name', 'the name'],
  ['enabled', 'whether it is on'],
  ['allowedOrigins', 'the sites'],
  ['look', 'the look'],
  ['greeting', 'the greeting'],
  ['preChat', 'the questions before a chat'],
  ['hours', 'the hours'],
  ['outsideHours', 'what happens outside the hours'],
  ['assignment', 'the assignment'],
  ['automation', 'what is said by itself'],
  ['slack', 'Slack'],
  ['zendesk', 'Zendesk'],
  ['challenge', 'the challenge'],
  ['identityRequired', 'who is let in'],
  ['retentionDays', 'how long chats are kept'],
]

const wordsFor = (setting: Setting): string => settings.find(([one]) => one === setting)?.[1] ?? setting

export const conflictWords = (clashes: readonly Setting[]): string =>
  `Somebody changed ${clashes.map(wordsFor).join(', ')} while you were here. Save again to put yours in its place, or load the page to see theirs.`
