import type { Connection } from 'mongoose'
import type { Who } from '../../access/who.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { Log } from '../../log/log.ts'
import type { Times } from '../../platform/settings.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import type { ChatServer } from '../realtime/socket.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { meaningOf, takeByAnswer } from './listen.ts'
import { createPlaces, type Places } from './places.ts'
import { addMissingPlaces, freeDeadPlaces } from './reconcile-places.ts'
import { returnOfOffline, returnUnanswered } from './return-chats.ts'
import { assignmentRoutes } from './routes.ts'
import { serveQueue } from './serve-queue.ts'
import { settlePlaces } from './settle-places.ts'
import { createPlaceTeller } from './tell-places.ts'
import { createWaitingChats } from './waiting-chats.ts'
import { createWorker } from './worker.ts'

export interface Assignment extends ChatPart {
  places: Places
  /** Somebody may have room: the queue is looked at. */
  serve(): void
  /** Waits for what is under way; begins nothing more. */
  stop(): Promise<void>
}

/** The rare comparison, in sweeps. */
const rarely = 12

/** Who gets a chat, and until when it is theirs. Doorbells make it quick; the sweep makes up for each that was lost. */
export function createAssignment(options: {
  connection: Connection
  log: Log<SessionSummary>
  io: ChatServer
  who: Who
  inboxes: Inboxes
  times: Pick<Times, 'sweepSessions' | 'append'>
  now(): number
  onError(error: unknown): void
}): Assignment {
  const { log, io, times, onError } = options
  const deps = {
    ...options,
    places: createPlaces(options),
    waiting: createWaitingChats(options),
    confirmWithin: times.append,
  }
  const teller = createPlaceTeller(options)
  const worker = createWorker({ serve: () => serveQueue(deps), onError })

  const heard = async (event: LogEvent, after: SessionSummary | undefined) => {
    const state = after ?? (await log.state(event.session))
    const freed = after && after.hands < event.seq ? 0 : await settlePlaces(deps, event.session)
    const since = state && isWaiting(state) ? state.waitingSince : null
    if (since) deps.waiting.came(event.session, since)
    io.serverSideEmit('queue_moved', event.session, since?.getTime() ?? null)
    teller.moved()
    if (since || freed > 0) worker.serve()
  }

  log.onCommitted((event, state) => {
    const meaning = meaningOf(event, state)
    if (meaning === null) return
    worker.run(async () => {
      if (meaning === 'answered') await takeByAnswer(deps, event)
      await heard(event, meaning === 'moved' ? state : undefined)
    })
  })
  io.on('queue_moved', (session, since) => {
    if (since !== null) deps.waiting.came(session, new Date(since))
    teller.moved()
  })

  const sweep = async () => {
    await returnOfOffline(deps)
    await returnUnanswered(deps)
    await freeDeadPlaces(deps)
    worker.serve()
  }

  return {
    places: deps.places,
    serve: worker.serve,
    mount: (app) => app.route('/api/chat/sessions', assignmentRoutes(deps)),
    sweeps: [
      { name: 'assignment', everyMs: times.sweepSessions, run: sweep },
      { name: 'places', everyMs: rarely * times.sweepSessions, run: () => addMissingPlaces(deps) },
    ],
    onEachNode: [{ name: 'queue-places', everyMs: times.sweepSessions, run: teller.tell }],
    async stop() {
      teller.stop()
      await worker.stop()
    },
  }
}
