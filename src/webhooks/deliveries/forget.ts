import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EndpointId, SessionId } from '../../contract/ids.ts'
import { type Delivery, deliveriesOf, type StoredAttempt } from './stored.ts'

/** What receivers answered may repeat what they were told; when they were called and how it went stays. */
export async function forgetAnswers(connection: Connection, session: SessionId): Promise<number> {
  const deliveries = deliveriesOf(connection)
  let forgotten = 0
  let isLeft = false
  for await (const delivery of deliveries.find({ session })) {
    // One that is under way may bring another answer.
    if (delivery.state === 'waiting' && delivery.claim !== null) isLeft = true
    if (!delivery.attempts.some(saysSomething)) continue
    const { matchedCount } = await deliveries.updateOne(asRead(delivery), {
      $set: { attempts: delivery.attempts.map(emptied) },
    })
    if (matchedCount === 1) forgotten += 1
    else isLeft = true
  }
  if (isLeft) throw new DeskbridgeError('unavailable', { message: 'A webhook of this chat is under way.' })
  return forgotten
}

export const forgetDeliveries = async (connection: Connection, endpoint: EndpointId): Promise<void> =>
  void (await deliveriesOf(connection).deleteMany({ endpoint }))

const saysSomething = ({ headers, body }: StoredAttempt): boolean => headers.length > 0 || body !== ''
const emptied = (attempt: StoredAttempt): StoredAttempt => ({ ...attempt, headers: [], body: '' })
const asRead = ({ _id, state, tries, claim, nextAt }: Delivery) => ({ _id, state, tries, claim, nextAt })
