import type { Hours } from '../../src/contract/hours.ts'
import type { AgentId, KeyId } from '../../src/contract/ids.ts'
import { Inbox } from '../../src/contract/inbox.ts'
import type { Ids } from '../../src/platform/ids.ts'
import type { Chances } from './chances.ts'
import { createWallClock, hour, type OffsetAt } from './wall-clock.ts'

/** When an agent works: eight hours from `from` (on the wall of their inbox), beginning on these days. 0 is Sunday. */
export interface Shift {
  from: number
  days: readonly number[]
}

export interface FloorInbox {
  settings: Inbox
  offsetAt: OffsetAt
  /** Of all chats, as far as the hour leaves it so. */
  share: number
  shifts: readonly Shift[]
  /** Another system that answers first; null: none does. */
  bot: { id: KeyId; name: string } | null
}

export interface FloorAgent {
  id: AgentId
  name: string
  team: string
  shift: Shift
  offsetAt: OffsetAt
  /** How long they take to answer, in times of what others take. */
  pace: number
  /** What visitors think of them: added to a rating. */
  charm: number
  /** Answers in the chat's thread. */
  inSlack: boolean
}

const workdays = [1, 2, 3, 4, 5]
const everyDay = [0, 1, 2, 3, 4, 5, 6]
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const weekly = (days: readonly number[], from: string, to: string): Partial<Hours['weekly']> =>
  Object.fromEntries(names.filter((_, index) => days.includes(index)).map((name) => [name, [{ from, to }]]))

interface Plan {
  key: string
  name: string
  timeZone: string
  weekly: Partial<Hours['weekly']>
  share: number
  shifts: readonly Shift[]
  bot?: string
}

/** Half of those who work early and half of those who work late have another day off, where weekends are worked. */
const shiftsAt = (...hours: number[]): Shift[] =>
  hours.flatMap((at) => [
    { from: at * hour, days: [1, 2, 3, 4, 5] },
    { from: at * hour, days: [3, 4, 5, 6, 0] },
    { from: at * hour, days: [6, 0, 1, 2, 3] },
  ])

const plans: readonly Plan[] = [
  {
    key: 'shop',
    name: 'Shop',
    timeZone: 'Europe/Berlin',
    weekly: { ...weekly(workdays, '08:00', '20:00'), ...weekly([6], '10:00', '16:00') },
    share: 0.38,
    shifts: [
      { from: 8 * hour, days: workdays },
      { from: 12 * hour, days: workdays },
      { from: 10 * hour, days: [2, 3, 4, 5, 6] },
    ],
  },
  {
    key: 'shop-us',
    name: 'Shop in America',
    timeZone: 'America/New_York',
    weekly: weekly(everyDay, '09:00', '21:00'),
    share: 0.3,
    shifts: shiftsAt(9, 13),
    bot: 'Order desk',
  },
  {
    key: 'app',
    name: 'App',
    timeZone: 'Asia/Kolkata',
    weekly: weekly(everyDay, '00:00', '24:00'),
    share: 0.22,
    shifts: shiftsAt(0, 8, 16),
  },
  {
    key: 'wholesale',
    name: 'Wholesale',
    timeZone: 'Asia/Tokyo',
    weekly: weekly(workdays, '09:00', '18:00'),
    share: 0.1,
    shifts: [
      { from: 9 * hour, days: workdays },
      { from: 10 * hour, days: workdays },
    ],
  },
]

/** The four inboxes: three of them close, on days and at hours of their own. */
export const floorInboxes = (ids: Ids): FloorInbox[] =>
  plans.map(({ key, name, timeZone, weekly, share, shifts, bot }) => ({
    settings: Inbox.parse({
      key,
      name,
      allowedOrigins: ['https://shop.example'],
      greeting: `Welcome to ${name}. How can we help?`,
      hours: { timeZone, weekly, holidays: holidays.map((date) => ({ date, openings: [] })) },
      outsideHours: { text: 'We are away. Leave a message, and we answer by email.' },
      automation: { whileWaiting: { after: 120_000, text: 'Thanks for waiting: somebody is with you soon.' } },
    }),
    offsetAt: createWallClock(timeZone),
    share,
    shifts,
    bot: bot === undefined ? null : { id: ids.key(), name: bot },
  }))

const holidays = [2024, 2025, 2026].flatMap((year) => [`${year}-01-01`, `${year}-12-25`])

const first = ['Ada', 'Bo', 'Chidi', 'Dana', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivo', 'Jun', 'Kofi', 'Lena']
const last = ['Arslan', 'Berg', 'Costa', 'Dube', 'Egger']

/** Those who answer in this inbox, spread over its shifts. `from`: how many there are already. */
export const agentsOf = (
  { settings, shifts, offsetAt }: FloorInbox,
  count: number,
  from: number,
  { ids, random }: { ids: Ids; random: Chances },
): FloorAgent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: ids.agent(),
    name: nameOf(from + index),
    team: `${settings.key}-${index % 2 === 0 ? 'orders' : 'refunds'}`,
    shift: shifts[index % shifts.length] ?? { from: 0, days: everyDay },
    offsetAt,
    pace: random.logNormal(1, 0.25),
    charm: random.between(-0.4, 0.4),
    inSlack: random.chance(0.2),
  }))

const nameOf = (index: number) =>
  `${first[index % first.length]} ${last[Math.floor(index / first.length) % last.length]}`

const visitors = [
  'Mia',
  'Noah',
  'Olga',
  'Pat',
  'Quinn',
  'Rui',
  'Sara',
  'Tom',
  'Uma',
  'Vera',
  'Wim',
  'Xenia',
  'Yara',
  'Zoe',
]
export const aVisitorsName = (random: Chances) => `${random.pick(visitors)} ${random.pick(last)}`
