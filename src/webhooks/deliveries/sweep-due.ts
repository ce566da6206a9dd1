import type { Connection } from 'mongoose'
import type { Doorbell } from '../doorbell.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import { deliveriesOf } from './stored.ts'

/** Rings for each endpoint that has something due: what a lost doorbell, an emptied Redis or a killed worker left lying. */
export async function sweepDue(deps: {
  connection: Connection
  known: Pick<KnownEndpoints, 'on'>
  doorbell: Doorbell
  now(): number
}): Promise<number> {
  const deliveries = deliveriesOf(deps.connection)
  const endpoints = await deps.known.on()
  const due = await Promise.all(
    endpoints.map(({ _id }) =>
      deliveries.findOne({ waitsFor: _id, nextAt: { $lte: deps.now() } }, { projection: { _id: 1 } }),
    ),
  )
  const left = endpoints.filter((_endpoint, index) => due[index] !== null)
  await deps.doorbell.insist(left.map(({ _id: endpoint }) => ({ kind: 'pull', endpoint })))
  return left.length
}
