import { type Connection, Schema } from 'mongoose'
import type { Hours } from '../../contract/hours.ts'
import { isFresh } from '../../platform/clock.ts'
import { unlessThere } from '../../platform/duplicate-key.ts'
import { type Calendar, createCalendar } from './calendar.ts'

/** The hours of an inbox from a moment on: a chat is reckoned by those that it began in, whatever they are now. */
interface StoredCalendar {
  /** `<inbox>:<how many there were before>` */
  _id: string
  inbox: string
  from: Date
  timeZone: string
  /** As JSON; null: always open. */
  hours: string | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ inbox: 1 })
export const calendarModel = (connection: Connection) => connection.model('InboxCalendar', schema, 'inbox_calendars')

/** How long a node goes by what it has read. ms */
const freshMs = 60_000

export interface Calendars {
  /** Writes down hours that are not those it knows. */
  note(inboxes: readonly { key: string; hours: Hours | null }[]): Promise<void>
  /** The calendar of an inbox at a moment; the first stands for all time before it. */
  at(inbox: string, moment: Date): Promise<Calendar>
  /** The one by which a row was made. */
  of(id: string): Promise<Calendar>
}

/** `timeZone`: of inboxes without hours. */
export function createCalendars(deps: { connection: Connection; timeZone: string; now(): number }): Calendars {
  const stored = deps.connection.collection<StoredCalendar>('inbox_calendars')
  const made = new Map<string, Calendar>()
  let known: { at: number; all: Promise<Map<string, StoredCalendar[]>> } | null = null

  const read = async () => {
    const all = await stored.find().sort({ from: 1 }).toArray()
    return new Map(Object.entries(Object.groupBy(all, ({ inbox }) => inbox)).map(([inbox, of]) => [inbox, of ?? []]))
  }
  const byInbox = () => {
    if (known && isFresh(known.at, deps.now(), freshMs)) return known.all
    const all = read()
    known = { at: deps.now(), all }
    // A failed read is nobody's knowledge.
    all.catch(() => (known = null))
    return all
  }

  const calendarOf = ({ _id: id, timeZone, hours }: Omit<StoredCalendar, 'inbox' | 'from'>): Calendar => {
    const before = made.get(id)
    if (before) return before
    const calendar = createCalendar({ id, timeZone, hours: hours === null ? null : JSON.parse(hours) })
    made.set(id, calendar)
    return calendar
  }

  const unknown = (inbox: string) => calendarOf({ _id: `${inbox}:none`, timeZone: deps.timeZone, hours: null })

  return {
    async note(inboxes) {
      known = null
      const before = await byInbox()
      for (const { key, hours } of inboxes) {
        const theirs = before.get(key) ?? []
        const last = theirs.at(-1)
        const now = { timeZone: hours?.timeZone ?? deps.timeZone, hours: hours && JSON.stringify(hours) }
        if (last && last.timeZone === now.timeZone && last.hours === now.hours) continue
        const from = last ? new Date(deps.now()) : new Date(0)
        const calendar = { _id: `${key}:${theirs.length}`, inbox: key, from, ...now }
        await stored.insertOne(calendar).catch(unlessThere)
        known = null
      }
    },
    async at(inbox, moment) {
      const theirs = (await byInbox()).get(inbox) ?? []
      const then = theirs.findLast(({ from }) => from <= moment) ?? theirs[0]
      return then ? calendarOf(then) : unknown(inbox)
    },
    async of(id) {
      const before = made.get(id)
      if (before) return before
      const found = await stored.findOne({ _id: id })
      return found ? calendarOf(found) : unknown(id.slice(0, id.lastIndexOf(':')))
    },
  }
}
