import { z } from 'zod'

/** What became of one document of a batch. */
export type InsertOutcome =
  | { kind: 'committed' }
  /** A unique index holds it already, or another in its place. */
  | { kind: 'duplicate'; of: 'event' | 'position' }
  /** Not known: it may be there, without a majority. */
  | { kind: 'unknown'; cause: unknown }
  /** The store refuses this document for good. */
  | { kind: 'refused'; cause: unknown }

const WriteError = z.object({
  index: z.number(),
  code: z.number(),
  keyPattern: z.record(z.string(), z.unknown()).optional(),
  errmsg: z.string().optional(),
})
const Reply = z.object({
  writeErrors: z.array(WriteError).optional(),
  writeConcernError: z.unknown().optional(),
})

const duplicateKey = 11000
/** A server that is stepping down, starting, or was interrupted: nothing is said about the document. */
const passing = new Set([6, 7, 63, 89, 91, 112, 189, 251, 262, 9001, 10107, 11600, 11602, 13435, 13436])

/** One outcome for each of `count` documents, from the reply to an unordered insert. */
export function outcomesOf(reply: unknown, count: number): InsertOutcome[] {
  const { writeErrors = [], writeConcernError } = Reply.parse(reply)
  const byIndex = new Map(writeErrors.map((error) => [error.index, error]))
  return Array.from({ length: count }, (_, index) => {
    const error = byIndex.get(index)
    if (error) return outcomeOf(error)
    return writeConcernError ? { kind: 'unknown', cause: writeConcernError } : { kind: 'committed' }
  })
}

function outcomeOf(error: z.infer<typeof WriteError>): InsertOutcome {
  if (error.code === duplicateKey) {
    const isPosition = error.keyPattern !== undefined && 'seq' in error.keyPattern
    return { kind: 'duplicate', of: isPosition ? 'position' : 'event' }
  }
  return { kind: passing.has(error.code) ? 'unknown' : 'refused', cause: error }
}
