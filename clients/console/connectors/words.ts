import type { DoneBy } from '../../../src/contract/audit.ts'
import type {
  BudgetInUse,
  ConnectorChat,
  ConnectorHealth,
  ConnectorState,
  Counted,
  FailureClass,
} from '../../../src/contract/connector-health.ts'
import type { Tone } from '../parts/badge.tsx'
import { lasting } from '../parts/lasting.ts'
import { timeAgo } from '../parts/when.ts'

export const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

export const badges: Readonly<Record<ConnectorState['kind'], readonly [tone: Tone, words: string]>> = {
  off: ['plain', 'Not connected'],
  working: ['good', 'Working'],
  paused: ['warn', 'Paused'],
  waiting: ['warn', 'Waiting'],
  stopped: ['bad', 'Stopped'],
}

/** What happened, and what to do or what comes by itself. Null: there is nothing to say. */
export function saidOf({ name, state }: ConnectorHealth, now: number): { what: string; next: string } | null {
  const title = titleOf(name)
  switch (state.kind) {
    case 'working':
      return null
    case 'off':
      return { what: `${title} is not connected.`, next: state.next }
    case 'paused':
      return {
        what: `${title} was paused by ${whoDid(state.by)} ${timeAgo(state.since, now)}${quoted(state.reason)}`,
        next: 'What is written waits in its order and is brought once somebody resumes it.',
      }
    case 'waiting':
      return { what: whyWaiting(title, state, now), next: state.next }
    case 'stopped':
      return { what: `${title} stopped ${timeAgo(state.since, now)}: ${state.reason}`, next: state.next }
  }
}

function whyWaiting(title: string, state: Extract<ConnectorState, { kind: 'waiting' }>, now: number): string {
  const what = state.for === 'outage' ? outage(title, state.since, now) : `${title} takes no more calls for now`
  return state.until ? `${what}. It is tried again ${timeAgo(state.until, now)}.` : `${what}.`
}

const outage = (title: string, since: string | null, now: number): string =>
  since ? `${title} stopped answering ${timeAgo(since, now)}` : `${title} does not answer`

const quoted = (reason: string | null): string => (reason ? `: “${reason}”` : '.')

const whoDid = ({ id, name }: DoneBy): string => name ?? (id === 'key' ? 'the administrator’s key' : `the key ${id}`)

export function counted({ count, isMore }: Counted, what: string): string {
  const number = count.toLocaleString('en')
  return `${isMore ? `more than ${number}` : number} ${what}${count === 1 && !isMore ? '' : 's'}`
}

export function behindSaid({ chats, events, oldestSince }: ConnectorHealth['behind'], now: number): string {
  if (chats.count === 0) return 'Nothing waits'
  const much = `${counted(chats, 'chat')} with ${counted({ count: events, isMore: false }, 'event')}`
  return oldestSince ? `${much}, the oldest for ${lasting(Math.max(0, now - Date.parse(oldestSince)))}` : much
}

export const failures: Readonly<Record<FailureClass, string>> = {
  transient: 'Had no effect',
  limited: 'Too many calls',
  ambiguous: 'No answer',
  repair: 'Gone there',
  halted: 'Refused altogether',
  refused: 'Not taken',
}

export function paceOf({ limit, windowMs }: Pick<BudgetInUse, 'limit' | 'windowMs'>): string {
  if (windowMs === 60_000) return `${limit} a minute`
  return windowMs === 1_000 ? `${limit} a second` : `${limit} in ${lasting(windowMs)}`
}

export function nextTryOf(
  { isCallUnderWay, nextTryAt }: Pick<ConnectorChat, 'isCallUnderWay' | 'nextTryAt'>,
  now: number,
): string {
  if (isCallUnderWay) return 'Under way'
  if (nextTryAt === null) return 'Once it is resumed'
  return Date.parse(nextTryAt) <= now ? 'Now' : timeAgo(nextTryAt, now)
}

/** Nothing else would be tried. */
export const hasToRetry = ({ state, behind, stopped }: ConnectorHealth): boolean =>
  state.kind === 'waiting' || state.kind === 'stopped' || behind.chats.count > 0 || stopped.chats.count > 0

/** `slack:posts:C1` among Slack's own. */
export const budgetOf = ({ name }: Pick<BudgetInUse, 'name'>): string => name.split(':').slice(1).join(' ') || name

/** Those that an administrator has held up, or has to mend. */
export const heldUp = (connectors: readonly ConnectorHealth[]): readonly ConnectorHealth[] =>
  connectors.filter(({ state }) => state.kind === 'paused' || state.kind === 'stopped')
