import { type Connection, Schema } from 'mongoose'

export interface Periodic {
  /** Waits for a run that is under way. */
  stop(): Promise<void>
}

/** Runs `task` every so often, never two at once; what it throws is reported and the next run comes all the same. */
export const every = (everyMs: number, task: () => Promise<unknown>, onError: (error: unknown) => void): Periodic =>
  again(() => task().then(() => everyMs), everyMs, onError)

/** `task` answers in how many ms it wants to run again. */
function again(task: () => Promise<number>, afterErrorMs: number, onError: (error: unknown) => void): Periodic {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let run: Promise<unknown> = Promise.resolve()
  const wait = (ms: number) => {
    if (!stopped) timer = setTimeout(start, ms)
  }
  const reported = (error: unknown) => {
    onError(error)
    return afterErrorMs
  }
  const start = () => {
    run = task().catch(reported).then(wait)
  }
  start()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await run
    },
  }
}

interface Turn {
  _id: string
  nextAt: number
}

const schema = new Schema({ _id: String, nextAt: Number }, { versionKey: false })
export const turnModel = (connection: Connection) => connection.model('Turn', schema, 'turns')

/**
 * The same for one process of many: whoever finds the turn due takes it. Not in the queue, because what refills an
 * emptied Redis must not live there.
 */
export type EveryInOneProcess = (name: string, everyMs: number, task: () => Promise<unknown>) => Periodic

export function createEveryInOneProcess(deps: {
  connection: Connection
  now: () => number
  /** From 0 to 1. */
  random: () => number
  onError: (error: unknown) => void
}): EveryInOneProcess {
  const turns = deps.connection.collection<Turn>('turns')

  /** Null: the turn was taken. Else in how many ms it is due. */
  const takeTurn = async (name: string, everyMs: number): Promise<number | null> => {
    const now = deps.now()
    // Most of the time it is not due, which a read finds out.
    const turn = await turns.findOne({ _id: name })
    if (turn && turn.nextAt > now && turn.nextAt <= now + 2 * everyMs) return Math.min(turn.nextAt - now, everyMs)
    if (!turn) await turns.updateOne({ _id: name }, { $setOnInsert: { nextAt: 0 } }, { upsert: true })
    // A turn far in the future was left by a clock that went wrong or by a longer interval.
    const due = { $or: [{ nextAt: { $lte: now } }, { nextAt: { $gt: now + 2 * everyMs } }] }
    const taken = await turns.updateOne({ _id: name, ...due }, { $set: { nextAt: now + everyMs } })
    return taken.matchedCount === 1 ? null : everyMs
  }

  return (name: string, everyMs: number, task: () => Promise<unknown>): Periodic => {
    const oneTurn = async () => {
      const dueIn = await takeTurn(name, everyMs)
      if (dueIn === null) await task()
      // Apart from each other, or all processes would look at it in one instant.
      return (dueIn ?? everyMs) + deps.random() * (everyMs / 4)
    }
    return again(oneTurn, everyMs, deps.onError)
  }
}
