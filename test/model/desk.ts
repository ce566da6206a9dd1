import type { Link } from '../../src/bridge/links/link.ts'
import { startSession } from '../../src/chat/sessions/start-session.ts'
import { AgentId, Epoch, SessionId, VisitorId } from '../../src/contract/ids.ts'
import { Inbox } from '../../src/contract/inbox.ts'
import type { History } from './history.ts'
import { anInstallation } from './installation.ts'
import { anAuthor, aReader } from './people.ts'
import { perform } from './perform.ts'
import { lookEvery, times } from './service.ts'

const shop = Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'] })
const sessions = [0, 1].map((index) => SessionId.parse(`ses_${String(index).padStart(24, '0')}`))
const visitor = { id: VisitorId.parse(`vis_${'0'.repeat(24)}`) }
const agent = { id: AgentId.parse(`agt_${'0'.repeat(24)}`), name: 'Bo' }

/** Rounds of sweeping and waiting after which everything must be where it belongs. */
const mostRounds = 40

/** Two chats, in each a visitor and an agent who write and two readers, on an installation of its own. */
async function aDesk(tape: readonly number[], sides: readonly ('slack' | 'zendesk')[]) {
  const installation = anInstallation(tape, sides)
  const { schedule } = installation
  const started = sessions.map((session) =>
    installation.ask('start', ({ log }) => {
      const ids = { session: () => session, epoch: () => Epoch.parse('epoch0000') }
      return startSession({ log, ids } as never, shop, visitor, { channel: 'web', offline: false })
    }),
  )
  await schedule.run()
  await Promise.all(started)
  const authors = sessions.flatMap((session, index) => [
    anAuthor(installation, session, `visitor${index}`, { kind: 'visitor', ...visitor }),
    anAuthor(installation, session, `agent${index}`, { kind: 'agent', ...agent }),
  ])
  const readers = [...sessions, ...sessions].map((session, index) =>
    aReader(installation, session, `reader ${index}`, agent.id),
  )
  for (const reader of readers) void reader.connect()
  const written: { id: string; session: SessionId; author: string; text: string }[] = []
  return {
    installation,
    sessions,
    authors,
    readers,
    written,
    write(side: string, session: SessionId | undefined, colleague: number) {
      const remote = installation.remotes.find(({ name }) => name === side)
      const author = `${side}${colleague}`
      const text = `${author}-${written.length + 1}`
      const id = session && remote?.write(session, author, text)
      if (session && id) written.push({ id, session, author, text })
    },
  }
}

export type Desk = Awaited<ReturnType<typeof aDesk>>

/** What happened, and then what happens until nothing is left to do. */
export async function live({ acts, tape }: History, sides: readonly ('slack' | 'zendesk')[]): Promise<Desk> {
  const desk = await aDesk(tape, sides)
  const { schedule } = desk.installation
  const coming = [...acts]
  let quiet = 0
  const between = () => {
    const [act] = coming
    if (!act || quiet++ < act.after) return coming.length > 0
    quiet = 0
    coming.shift()
    perform(desk, act)
    return true
  }
  schedule.free(true)
  await schedule.run(between)
  schedule.free(false)
  await recover(desk)
  return desk
}

/** Nothing more goes wrong; sweeps and looks find what was lost. */
async function recover({ installation, authors, readers }: Desk): Promise<void> {
  const { schedule, lines, pushes, nodes, awake } = installation
  for (const line of Object.values(lines)) line.behave()
  pushes.behave()
  for (const { process } of nodes) process.isAsleep = false
  let looked = 0
  for (let round = 0; round < mostRounds && looked < 2; round += 1) {
    await schedule.run()
    for (const sweep of awake('worker')[0]?.sweeps ?? []) void sweep()
    for (const { rooms, bridge } of awake('api')) {
      void rooms.heal()
      for (const { name } of installation.remotes) void bridge.health.resume(name)
    }
    await schedule.run()
    const isQuiet = installation.queue.waiting() === 0 && authors.every(({ outbox }) => outbox.length === 0)
    const isDone = isQuiet && linksOf(installation).every(isCaughtUp)
    schedule.pass(isDone ? lookEvery + 1_000 : times.settle + 1_000)
    if (isDone) looked += 1
  }
  for (const reader of readers) reader.leave()
  await schedule.run()
  for (const { rooms } of awake('api')) void rooms.heal()
  await schedule.run()
}

const linksOf = ({ set }: Desk['installation']) => set.find('links', {}, 'local') as unknown as Link[]
const isCaughtUp = ({ outbound, inbound }: Link) => !outbound.behind && outbound.inflight === null && !inbound.behind
