import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AgentStatus } from '../../contract/agent.ts'
import { timesOf } from './times-of.ts'

const minute = 60_000
const since = (status: AgentStatus, atMinute: number) => ({ status, at: new Date(atMinute * minute) })

it('counts what an agent was, from before the period until its end', () => {
  const history = [since('online', 0), since('busy', 20), since('offline', 30), since('away', 50)]
  expect(timesOf(history, 10 * minute, 60 * minute)).toEqual({
    onlineMs: 10 * minute,
    busyMs: 10 * minute,
    awayMs: 10 * minute,
  })
})

it('counts nothing before the first that is known', () => {
  expect(timesOf([since('online', 50)], 0, 60 * minute)).toEqual({ onlineMs: 10 * minute, awayMs: 0, busyMs: 0 })
  expect(timesOf([], 0, 60 * minute)).toEqual({ onlineMs: 0, awayMs: 0, busyMs: 0 })
})

const minuteOfDay = fc.integer({ min: 0, max: 1_440 })
const histories = fc
  .uniqueArray(fc.record({ status: fc.constantFrom(...AgentStatus.options), minute: minuteOfDay }), {
    selector: (one) => one.minute,
    maxLength: 40,
  })
  .map((all) => all.sort((one, other) => one.minute - other.minute).map((one) => since(one.status, one.minute)))

it('is what a look at each minute counts', () => {
  fc.assert(
    fc.property(histories, minuteOfDay, minuteOfDay, (history, from, until) => {
      const seen = { online: 0, away: 0, busy: 0, offline: 0 }
      for (let at = from; at < until; at += 1) {
        const status = history.findLast((one) => one.at.getTime() <= at * minute)?.status
        if (status) seen[status] += minute
      }
      expect(timesOf(history, from * minute, until * minute)).toEqual({
        onlineMs: seen.online,
        awayMs: seen.away,
        busyMs: seen.busy,
      })
    }),
  )
})
