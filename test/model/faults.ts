import type { LogEvent } from '../../src/contract/event.ts'
import type { SessionId } from '../../src/contract/ids.ts'
import type { Desk } from './desk.ts'

type Message = Extract<LogEvent, { type: 'message' }>

const isMessage = (event: LogEvent): event is Message => event.type === 'message'
const textsOf = (log: readonly LogEvent[]) => log.filter(isMessage).map(({ body }) => body.content)

/** Everything that is not as it was promised, in words; nothing if all is well. */
export function faultsOf(desk: Desk): string[] {
  return [...desk.installation.errors.map(String), ...desk.sessions.flatMap((session) => faultsIn(desk, session))]
}

function faultsIn(desk: Desk, session: SessionId): string[] {
  const stored = desk.installation.set.find('events', { session }, 'local') as unknown as LogEvent[]
  const log = stored.toSorted((a, b) => a.seq - b.seq)
  return [
    ...holes(log),
    ...acknowledgements(desk, session, log),
    ...readings(desk, session, log),
    ...deliveries(desk, session, log),
    ...arrivals(desk, session, log),
  ]
}

function holes(log: readonly LogEvent[]): string[] {
  const seqs = log.map(({ seq }) => seq)
  return seqs.every((seq, index) => seq === index + 1) ? [] : [`the log goes ${seqs.join(' ')}`]
}

/** Once, where it was acknowledged, and in the order in which its author wrote. */
function acknowledgements({ authors }: Desk, session: SessionId, log: readonly LogEvent[]): string[] {
  return authors
    .filter((author) => author.session === session)
    .flatMap(({ name, acknowledged, outbox }) => {
      const lost = acknowledged.filter(({ text, event }) => {
        const there = log[event.seq - 1]
        return there?._id !== event._id || there.type !== 'message' || there.body.content !== text
      })
      const own = [...new Set(acknowledged.map(({ text }) => text))].toSorted()
      const inLog = textsOf(log).filter((text) => text.startsWith(`${name}-`))
      return [
        ...lost.map(({ text, event }) => `${text} was acknowledged as ${event.seq} and is not there`),
        ...outbox.map((text) => `${text} is never acknowledged`),
        ...unequal(`${name} wrote`, own, inLog),
      ]
    })
}

/** Each event from where they began, and what they saw is what is there. */
function readings({ readers }: Desk, session: SessionId, log: readonly LogEvent[]): string[] {
  return readers
    .filter((reader) => reader.session === session)
    .flatMap(({ name, seen, faults, at }) => {
      const messages = log.filter(isMessage).map(({ seq }) => seq)
      const shown = seen.filter(({ id }) => id !== undefined)
      const untrue = shown.filter(({ seq, id }) => log[seq - 1]?._id !== id)
      return [
        ...faults,
        ...(at() === log.length ? [] : [`${name} is at ${at()} of ${log.length}`]),
        ...untrue.map(({ seq }) => `${name} saw something else at ${seq}`),
        ...unequal(
          `${name} saw`,
          messages,
          shown.map(({ seq }) => seq),
        ),
      ]
    })
}

/** Every wanted event once, in the log's order, and nothing that came from there. */
function deliveries({ installation }: Desk, session: SessionId, log: readonly LogEvent[]): string[] {
  return installation.remotes.flatMap(({ name, posts }) => {
    const ours = posts.filter((post) => post.session === session && post.marker !== null && !post.isRemoved)
    const wanted = log.filter(isMessage).filter(({ origin }) => origin !== name)
    const roots = ours.filter(({ id, thread }) => id === thread)
    const astray = ours.filter(({ thread }) => !roots.some(({ id }) => id === thread))
    return [
      ...unequal(
        `${name} should have`,
        textsOf(wanted),
        ours.flatMap(({ lines }) => lines),
      ),
      ...roots.slice(1).map(({ id }) => `${name} has a second root ${id}`),
      ...(name === 'slack' ? astray.map(({ id }) => `${id} stands under no root`) : []),
    ]
  })
}

/** What people wrote there, once and in each one's order. */
function arrivals({ written }: Desk, session: SessionId, log: readonly LogEvent[]): string[] {
  const theirs = written.filter((one) => one.session === session)
  return [...new Set(theirs.map(({ author }) => author))].flatMap((author) => {
    const own = theirs.filter((one) => one.author === author)
    const inLog = textsOf(log).filter((text) => text.startsWith(`${author}-`))
    return unequal(
      `${author} wrote there`,
      own.map(({ text }) => text),
      inLog,
    )
  })
}

const unequal = (what: string, expected: readonly unknown[], found: readonly unknown[]): string[] =>
  expected.join() === found.join() ? [] : [`${what} [${expected.join(' ')}] and not [${found.join(' ')}]`]
