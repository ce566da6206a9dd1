import mongoose from 'mongoose'
import { expect, it } from 'vitest'
import { repeatsIn } from './duplicate-key.ts'

const { BSON, MongoBulkWriteError, MongoNetworkError } = mongoose.mongo

/** As the driver throws it when the connection is cut: of the same class as a refusal, and without a single write error. */
const anOutage = () => new MongoBulkWriteError(new MongoNetworkError('cut'), aResult() as never)

const aResult = (writeConcernError?: object) => ({ getWriteConcernError: () => writeConcernError })

const aRefusal = (codes: readonly number[], writeConcernError?: object) =>
  Object.assign(Object.create(MongoBulkWriteError.prototype), {
    writeErrors: codes.map((code) => ({ code })),
    result: aResult(writeConcernError),
  })

it('takes an outage for no repetition: nothing may have been written', () => {
  expect(() => repeatsIn(anOutage())).toThrow('cut')
})

it('counts what was refused because it is there', () => {
  expect(repeatsIn(aRefusal([11000, 11000]))).toBe(2)
})

it.each([
  ['another refusal', aRefusal([11000, 121])],
  ['a repetition of which it is not known whether it stays', aRefusal([11000], { code: 64 })],
  ['what is no error of the store', new BSON.BSONError('too large')],
])('throws %s', (_, error) => {
  expect(() => repeatsIn(error)).toThrow()
})
