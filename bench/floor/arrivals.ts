import { isOpen } from '../../src/platform/opening-hours.ts'
import type { Chances } from './chances.ts'
import type { FloorInbox } from './people.ts'
import { hour, minute, onWall } from './wall-clock.ts'

/** Somebody opens the chat. `at`: epoch ms. `open`: within the inbox's hours. */
export interface Arrival {
  at: number
  inbox: FloorInbox
  open: boolean
}

export interface Period {
  /** Epoch ms; nothing happens from `until` on. */
  from: number
  until: number
}

/** Short enough for inboxes of zones that are half an hour beside the others. */
const slotLength = 30 * minute

/** How many come in each hour of a day, and on each day of a week and in each month. */
const byHour = [3, 2, 1, 1, 1, 2, 4, 8, 14, 20, 24, 25, 22, 21, 22, 23, 22, 19, 17, 18, 19, 16, 10, 6]
const byWeekday = [0.6, 1.25, 1.15, 1.05, 1, 1, 0.75]
const byMonth = [1.05, 0.9, 0.95, 0.95, 0.9, 0.9, 0.85, 0.85, 1, 1.05, 1.3, 1.35]
/** Of those who would write, if it were open. */
const writesOutsideHours = 0.3

interface Slot {
  weight: number
  open: boolean
}

/** Exactly so many arrivals, in order, over all inboxes. */
export function* arrivals(
  inboxes: readonly FloorInbox[],
  random: Chances,
  { from, until, sessions }: Period & { sessions: number },
): Generator<Arrival> {
  const slots = inboxes.map((inbox) => slotsOf(inbox, random, { from, until }))
  const together = (index: number) => slots.reduce((sum, of) => sum + (of[index]?.weight ?? 0), 0)
  const count = slots[0]?.length ?? 0
  const total = Array.from({ length: count }, (_, index) => together(index)).reduce((sum, weight) => sum + weight, 0)
  let due = 0
  let given = 0
  for (let index = 0; index < count; index += 1) {
    due += (together(index) / total) * sessions
    const now = index === count - 1 ? sessions - given : Math.round(due) - given
    const start = from + index * slotLength
    const end = Math.min(start + slotLength, until)
    for (const at of momentsIn(random, now, start, end))
      yield { at, ...whose(inboxes, slots, index, random.next() * together(index)) }
    given += now
  }
}

const momentsIn = (random: Chances, count: number, from: number, until: number): number[] =>
  Array.from({ length: count }, () => Math.floor(random.between(from, until))).sort((a, b) => a - b)

/** How busy each half hour of an inbox is: some days are busier than others for no reason, and so are some half hours. */
function slotsOf(inbox: FloorInbox, random: Chances, { from, until }: Period): Slot[] {
  const slots: Slot[] = []
  let today = { midnight: 0, luck: 1 }
  for (let at = from; at < until; at += slotLength) {
    const { midnight, sinceMidnight, weekday } = onWall(at, inbox.offsetAt(at))
    if (midnight !== today.midnight) today = { midnight, luck: random.logNormal(1, 0.15) }
    const open = isOpen(inbox.settings.hours, at)
    const ofHour = byHour[Math.floor(sinceMidnight / hour)] ?? 0
    const ofDay = (byWeekday[weekday] ?? 0) * (byMonth[new Date(midnight).getUTCMonth()] ?? 0) * today.luck
    const weight = inbox.share * ofHour * ofDay * (open ? 1 : writesOutsideHours) * random.logNormal(1, 0.2)
    slots.push({ weight, open })
  }
  return slots
}

/** `place`: where in the weights of all inboxes, one behind the other. */
function whose(inboxes: readonly FloorInbox[], slots: readonly Slot[][], index: number, place: number) {
  let left = place
  for (const [which, inbox] of inboxes.entries()) {
    const slot = slots[which]?.[index]
    if (!slot) continue
    left -= slot.weight
    if (left < 0 || which === inboxes.length - 1) return { inbox, open: slot.open }
  }
  throw new Error('there is no inbox')
}
