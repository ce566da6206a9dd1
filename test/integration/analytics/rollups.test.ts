import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { metrics } from '../../../src/contract/metrics.ts'
import { aHistory, bo, type History, ida } from '../../support/analytics/histories.ts'
import { factsOf, figuresOf, localDay } from '../../support/analytics/naive.ts'
import { anAnalytics, hoursOf } from '../../support/analytics/world.ts'

/** The night in which Lisbon's clocks go back, before a holiday in New York. */
const from = Date.UTC(2026, 9, 24, 20)
const inboxes = ['lisbon', 'new-york', 'kolkata', 'always']

/** Percentiles are of bins; everything else is the same number. */
const isPercentile = (id: string) => /_p\d+$/.test(id)
/** Of agents' time and arrivals there is none in these logs, and the longest queue has a test of its own. */
const told = metrics.filter(({ group, id }) => group !== 'agents' && group !== 'bridge' && id !== 'queue_longest')

function expectSame(
  report: Record<string, { value: number | null }>,
  naive: Record<string, number | null>,
  about: object,
) {
  for (const { id } of told) {
    const [ours, theirs] = [report[id]?.value ?? null, naive[id] ?? null]
    if (isPercentile(id) && ours !== null && theirs !== null)
      expect(Math.abs(ours - theirs), `${id} ${JSON.stringify(about)}: ${ours} for ${theirs}`).toBeLessThanOrEqual(
        theirs * 0.01 + 1.1,
      )
    else if (ours !== null && theirs !== null) expect(ours, `${id} ${JSON.stringify(about)}`).toBeCloseTo(theirs, 6)
    else expect({ id, about, value: ours }).toEqual({ id, about, value: theirs })
  }
}

it('says what the logs say, however they came to be folded', async () => {
  const world = await anAnalytics(inboxes)
  await fc.assert(
    fc.asyncProperty(
      fc.array(aHistory(from, inboxes), { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.nat({ max: 1_000 })),
      async (histories, chance) => {
        await world.empty()
        await commitInTurns(world, histories, () => chance.next().value ?? 0)
        await expectReports(world, histories)
      },
    ),
    { numRuns: 40, endOnFailure: true },
  )
})

/** What is in nobody's hands is no agent's, and is not zero for it. */
const knownOf = (by: string, figures: Record<string, number | null>) => {
  const untold = metrics.filter(({ notOf }) => notOf.some((one) => one === by))
  return { ...figures, ...Object.fromEntries(untold.map(({ id }) => [id, null])) }
}

type World = Awaited<ReturnType<typeof anAnalytics>>

/** Events are committed chat by chat in their order, but late or early beside those of others; now and then a round looks. */
async function commitInTurns(world: World, histories: readonly History[], chance: () => number): Promise<void> {
  const left = histories.map(({ events }) => [...events])
  for (let some = left.filter((one) => one.length > 0); some.length > 0; some = left.filter((one) => one.length > 0)) {
    const next = some[chance() % some.length]
    const slice = next?.splice(0, 1 + (chance() % 12)) ?? []
    await world.commit(slice, chance() % 5 === 0)
    if (chance() % 3 === 0) await world.fold(Math.max(...slice.map(({ at }) => at.getTime())) + 1_000)
  }
  // The nightly round finds what came later than any round expects.
  await world.fold(from + 47 * 3_600_000)
}

async function expectReports(world: World, histories: readonly History[]): Promise<void> {
  const facts = histories.flatMap((history) => factsOf(history, hoursOf(history.inbox)))
  const days = { from: '2026-10-24', until: '2026-10-25' }
  const periodMs = 3_600_000 * 49
  const asked: AskedReport = { ...days, by: 'day', hours: 'calendar', inboxes, seesAgents: false }

  for (const hours of ['calendar', 'business'] as const) {
    const { total } = await world.report({ ...asked, hours })
    expectSame(total, figuresOf(facts, hours, periodMs), { hours })
  }
  for (const inbox of inboxes) {
    const { rows } = await world.report({ ...asked, inboxes: [inbox] })
    const timeZone = hoursOf(inbox)?.timeZone ?? 'UTC'
    for (const { key, values } of rows) {
      const ofDay = facts.filter((fact) => fact.inbox === inbox && localDay(fact.at, timeZone) === key)
      const { queue_length: _, ...rest } = values
      const { queue_length: __, ...naive } = figuresOf(ofDay, 'calendar', 1)
      expectSame({ ...rest, queue_length: { value: null } }, { ...naive, queue_length: null }, { inbox, key })
    }
  }
  for (const [by, belongs] of [
    ['agent', (fact: (typeof facts)[number], key: string) => fact.by === key],
    ['team', (fact: (typeof facts)[number], key: string) => fact.team === key],
    ['channel', (fact: (typeof facts)[number], key: string) => fact.channel === key],
    ['tag', (fact: (typeof facts)[number], key: string) => fact.tags.includes(key)],
    ['inbox', (fact: (typeof facts)[number], key: string) => fact.inbox === key],
  ] as const) {
    const { rows } = await world.report({ ...asked, by })
    for (const { key, values } of rows) {
      const own = facts.filter((fact) => belongs(fact, key))
      expectSame(values, knownOf(by, figuresOf(own, 'calendar', periodMs)), { by, key })
    }
    const named = new Set(rows.map(({ key }) => key))
    expect(
      facts.filter((fact) => [bo, ida].includes(fact.by as never) && by === 'agent' && !named.has(fact.by ?? '')),
    ).toEqual([])
  }
}
