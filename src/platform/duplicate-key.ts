import mongoose from 'mongoose'

const duplicateKey = 11000

/** Whether a write was refused because a unique index already holds that key. */
export const isDuplicateKey = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === duplicateKey

/** For an insert that another one may have made. Throws everything but that. */
export function unlessThere(error: unknown): void {
  if (!isDuplicateKey(error)) throw error
}

/**
 * Of an unordered insert that failed: how many were refused because they are there, when that was all. Throws everything
 * else, an outage too: the driver throws one of the same class, without a single write error, and nothing was written.
 */
export function repeatsIn(error: unknown): number {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
  const refused = [error.writeErrors].flat()
  const areRepeats = refused.length > 0 && refused.every(isDuplicateKey)
  if (!areRepeats || error.result.getWriteConcernError()) throw error
  return refused.length
}
