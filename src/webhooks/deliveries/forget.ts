import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EndpointId, SessionId } from '../../contract/ids.ts'
import { inBatches } from '../../platform/in-batches.ts'
import { attemptsOf, noHeaders } from './attempts.ts'
import { deliveriesOf } from './stored.ts'

const batch = 500

/**
 * What receivers answered may repeat what they were told; when they were called and how it went stays. Throws `unavailable`
 * while a call is under way, which may bring another answer. `now`: ms.
 */
export async function forgetAnswers(connection: Connection, session: SessionId, now: number): Promise<number> {
  const all = deliveriesOf(connection).find({ session }, { projection: { state: 1, claim: 1, nextAt: 1 } })
  let forgotten = 0
  let isUnderWay = false
  for await (const some of inBatches(all, batch)) {
    isUnderWay ||= some.some(({ state, claim, nextAt }) => state === 'waiting' && claim !== null && nextAt > now)
    const ofThese = { delivery: { $in: some.map(({ _id }) => _id) } }
    const { modifiedCount } = await attemptsOf(connection).updateMany(ofThese, {
      $set: { headers: noHeaders, body: '' },
    })
    forgotten += modifiedCount
  }
  if (isUnderWay) throw new DeskbridgeError('unavailable', { message: 'A webhook of this chat is under way.' })
  return forgotten
}

export async function forgetDeliveries(connection: Connection, endpoint: EndpointId): Promise<void> {
  await deliveriesOf(connection).deleteMany({ endpoint })
  await attemptsOf(connection).deleteMany({ endpoint })
}
