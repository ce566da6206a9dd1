import type { Connection } from 'mongoose'
import type { SessionId } from '../contract/ids.ts'
import { eventsOf } from './events.ts'
import type { Projection, Projector } from './project.ts'
import { summariesOf } from './summaries.ts'

const batch = 100

/** Drops everything that is made of the log and makes it again. Answers how many sessions there are. */
export async function rebuild(
  connection: Connection,
  projector: Projector,
  projections: readonly Projection[],
): Promise<number> {
  let count = 0
  let sessions: SessionId[] = []
  const remake = async () => {
    for (const session of sessions) await drop(connection, projections, session)
    const all = new Map(sessions.map((session) => [session, []]))
    while (!(await projector.project(all)));
    count += sessions.length
    sessions = []
  }
  await summariesOf(connection).deleteMany({})
  for await (const first of eventsOf(connection).find({ seq: 1 }, { projection: { session: 1 } })) {
    sessions.push(first.session)
    if (sessions.length === batch) await remake()
  }
  await remake()
  return count
}

async function drop(connection: Connection, projections: readonly Projection[], session: SessionId): Promise<void> {
  await summariesOf(connection).deleteOne({ _id: session })
  for (const { collection, ofSession } of projections)
    await connection.collection(collection).deleteMany(ofSession(session))
}
