import { makeReport, type ReportDeps } from '../src/analytics/reports/make-report.ts'
import { foldNews } from '../src/analytics/rounds/fold-news.ts'
import { connectMongo } from '../src/platform/mongo.ts'
import { askTheLog, type Figures, type Question } from './floor/ask-the-log.ts'
import { type Books, closeBooks, cpuSince, type Folded, foldHistory, openBooks } from './floor/history.ts'
import { createLoader, loadChats } from './floor/load.ts'
import { counted, reportMix } from './floor/questions.ts'
import { type SimulatedChat, type SimulatedFloor, simulateFloor } from './floor/simulate.ts'
import { day } from './floor/wall-clock.ts'
import { quantile } from './load.ts'

/** As many come each day, however long the history is. */
const perDay = 2_740
const fewSessions = 10_000
/** The end of the history, and the last day that is over on every inbox's wall. */
const end = Date.parse('2026-11-01T00:00:00Z')
const lastDay = '2026-10-30'
/** What is asked of the log itself must be in the store; so must what the nightly job looks at. */
const keptDays = 33
const rounds = 5
const saidEvery = 100_000

const figure = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits })
const megabytes = () => `${figure(process.memoryUsage().rss / 2 ** 20)} MB`
const print = (title: string, ...cells: string[]) =>
  console.log(title.padEnd(52) + cells.map((cell) => cell.padStart(18)).join(''))

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

/** A history of so many chats in a database of its own: all of it in rows and roll-ups, its last days in the log. */
async function aHistory(mongodbUrl: string, sessions: number): Promise<{ books: Books; floor: SimulatedFloor }> {
  const url = new URL(mongodbUrl)
  url.pathname = `/history-${sessions}`
  const connection = await connectMongo(url.toString())
  const floor = simulateFloor({ seed: 1, sessions, days: sessions / perDay, until: new Date(end) })
  const books = await openBooks(connection, floor)
  books.setNow(end)
  const loader = await createLoader(connection, 1)
  print(`\nfolding ${figure(sessions)} chats`, megabytes())
  const folded = await foldHistory(books, loading(floor.chats(), loader), (soFar) => {
    if (soFar.sessions % saidEvery === 0) print(`  after ${figure(soFar.sessions)}`, megabytes())
  })
  await closeBooks(books, end)
  printFolded(folded)
  return { books, floor }
}

async function* loading(
  chats: Iterable<SimulatedChat>,
  loader: Awaited<ReturnType<typeof createLoader>>,
): AsyncGenerator<SimulatedChat> {
  for (const chat of chats) {
    if ((chat.events.at(-1)?.at.getTime() ?? 0) >= end - keptDays * day) await loader.add(chat)
    yield chat
  }
  await loader.end()
}

function printFolded({ sessions, events, folding, written, seconds }: Folded): void {
  const a = (name: string, took: number) =>
    print(`  ${name}`, `${figure(sessions / took)} chats/s`, `${figure(events / took)} events/s`)
  print('  at the end', megabytes(), `${figure(events / sessions, 1)} events each`)
  a('folding alone, of one core', folding)
  a('with rows and roll-ups, of one core', written)
  a('with rows and roll-ups, by the clock', seconds)
}

const reportDeps = ({ connection }: Books, { inboxes, agents }: SimulatedFloor): ReportDeps => {
  const zones = new Map(inboxes.map(({ settings: { key, hours } }) => [key, hours?.timeZone ?? 'UTC']))
  return {
    connection,
    timeZoneOf: async (inbox) => zones.get(inbox) ?? 'UTC',
    inboxNames: async () => new Map(inboxes.map(({ settings: { key, name } }) => [key, name])),
    agentNames: async () => new Map(agents.map(({ id, name }) => [id, name])),
    now: () => end,
  }
}

/** Each of the mix in turn, so that whatever else the machine does falls on all of them. */
async function measureReports(deps: ReportDeps, floor: SimulatedFloor): Promise<void> {
  const mix = reportMix(floor, lastDay)
  const times = new Map<string, number[]>()
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, report } of mix) {
      const took = await timed(() => makeReport(deps, report))
      // The first time of all compiles what is asked.
      if (round > 0) times.set(name, [...(times.get(name) ?? []), took])
    }
  }
  const all = [...times.values()].flat()
  print(`\n${mix.length} reports, each ${rounds} times`, 'p50', 'p95')
  for (const [name, of] of times)
    print(`  ${name}`, ...[0.5, 0.95].map((share) => `${figure(quantile(of, share), 1)} ms`))
  print('  all of them', ...[0.5, 0.95].map((share) => `${figure(quantile(all, share), 1)} ms`))
}

/** The same figures of the roll-ups and of the log, for one inbox. */
async function compareWithLog({ connection }: Books, deps: ReportDeps, floor: SimulatedFloor): Promise<void> {
  const [inbox] = floor.inboxes
  if (!inbox) return
  const { key, hours } = inbox.settings
  const midnight = (date: string) => new Date(Date.parse(date) - inbox.offsetAt(Date.parse(date)))
  const next = new Date(Date.parse(lastDay) + day).toISOString().slice(0, 10)
  print(`\n${key}, of roll-ups and of the log itself`, 'roll-ups', 'the log', 'ratio')
  for (const [name, days, by] of [
    ['a day by hour', 1, 'hour'],
    ['a week by day', 7, 'day'],
    ['a month by day', 30, 'day'],
  ] as const) {
    const from = new Date(Date.parse(next) - days * day).toISOString().slice(0, 10)
    const report = {
      inboxes: [key],
      seesAgents: true,
      from,
      until: lastDay,
      by,
      hours: 'calendar',
      metrics: counted,
    } as const
    const question: Question = {
      from: midnight(from),
      until: midnight(next),
      by,
      timeZone: hours?.timeZone ?? 'UTC',
      inbox: key,
    }
    const rolled: number[] = []
    for (let round = 0; round < rounds; round += 1)
      rolled.push(await timed(() => makeReport(deps, { ...report, metrics: [...counted] })))
    let found = new Map<string, Partial<Figures>>()
    const asked = await timed(async () => (found = await askTheLog(connection, question)))
    const p50 = quantile(rolled, 0.5)
    print(`  ${name}`, `${figure(p50, 1)} ms`, `${figure(asked)} ms`, `${figure(asked / p50)}×`)
    const { total } = await makeReport(deps, { ...report, metrics: [...counted] })
    const of = sumOf([...found.values()])
    for (const metric of counted)
      print(`    ${metric}`, figure(total[metric]?.value ?? 0, 2), figure(of[metric] ?? 0, 2))
  }
}

function sumOf(figures: readonly Partial<Figures>[]): Record<string, number> {
  const sum = (name: keyof Figures) => figures.reduce((all, one) => all + (one[name] ?? 0), 0)
  return {
    sessions: sum('started'),
    closed: sum('closed'),
    visitor_messages: sum('visitorMessages'),
    agent_messages: sum('agentMessages'),
    csat_score: sum('score') / sum('ratings'),
    first_response_avg: sum('firstResponseTime') / sum('firstResponses'),
  }
}

/** A day's new chats after each history, the one before the other in turn. */
async function measureNights(few: Books, many: Books): Promise<void> {
  const took = new Map<Books, { cpu: number[]; wall: number[] }>(
    [few, many].map((books) => [books, { cpu: [], wall: [] }]),
  )
  for (let night = 0; night <= rounds; night += 1) {
    const until = end + (night + 1) * day
    for (const books of night % 2 === 0 ? [few, many] : [many, few]) {
      const floor = simulateFloor({ seed: 100 + night, sessions: perDay, days: 1, until: new Date(until) })
      await loadChats(books.connection, floor.chats(), () => {})
      books.setNow(until)
      const begun = process.cpuUsage()
      const wall = await timed(() => foldNews(books.deps, new AbortController().signal))
      // The day before the first night is another one in each history.
      if (night === 0) continue
      took.get(books)?.cpu.push(cpuSince(begun))
      took.get(books)?.wall.push(wall / 1_000)
    }
  }
  const p50 = (books: Books, of: 'cpu' | 'wall') => quantile(took.get(books)?.[of] ?? [], 0.5)
  print(`\na night with ${figure(perDay)} new chats, p50 of ${rounds}`, 'few', 'many', 'ratio')
  for (const what of ['cpu', 'wall'] as const) {
    const [short, long] = [p50(few, what), p50(many, what)]
    print(`  ${what}`, `${figure(short, 2)} s`, `${figure(long, 2)} s`, `${figure(long / short, 2)}×`)
  }
}

/** What folding costs, what reports of roll-ups cost beside asking the log, and what a night costs after few and many chats. */
export async function analytics(mongodbUrl: string, sessions: number): Promise<void> {
  const few = await aHistory(mongodbUrl, fewSessions)
  const many = await aHistory(mongodbUrl, sessions)
  const deps = reportDeps(many.books, many.floor)
  await measureReports(deps, many.floor)
  await compareWithLog(many.books, deps, many.floor)
  await measureNights(few.books, many.books)
  for (const { books } of [few, many]) await books.connection.close()
}
