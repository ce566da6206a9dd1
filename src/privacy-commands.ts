import { parseArgs } from 'node:util'
import type { Connection } from 'mongoose'
import { exportVisitor } from './chat/privacy/export-visitor.ts'
import { findChats } from './chat/privacy/find-chats.ts'
import { reportErasure } from './chat/privacy/report-erasure.ts'
import { requestErasure } from './chat/privacy/request-erasure.ts'
import { DeskbridgeError } from './contract/errors.ts'
import { parseInput } from './contract/parse.ts'
import { ExportVisitor } from './contract/privacy.ts'
import { eventsOf } from './log/events.ts'
import { readAfter } from './log/read.ts'
import { createIds } from './platform/ids.ts'

export const privacyUsage = `  export WHO                   prints everything that is kept of a visitor, as JSON
  erase WHO [--dry-run]        erases a visitor everywhere, or only lists their chats; the running service does it
  erase --report ID            how far an erasure is
                               WHO: --visitor ID, --email EMAIL or --external-id ID`

const options = {
  visitor: { type: 'string' },
  email: { type: 'string' },
  'external-id': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  report: { type: 'string' },
} as const

/** Whoever may run commands on the server sees every inbox. */
const all: readonly string[] = []
const now = () => Date.now()

export interface Output {
  write(text: string): void
}

const print = (out: Output, answer: unknown) => out.write(`${JSON.stringify(answer, null, 2)}\n`)

/** Everything that is kept of a visitor, as JSON. Throws `invalid_input`, `not_found`. */
export async function exportCommand(connection: Connection, args: string[], out: Output): Promise<void> {
  const { visitor, email, externalId } = named(args)
  const query = parseInput(ExportVisitor, { visitorId: visitor, email, externalId })
  const events = eventsOf(connection)
  const log = { read: readAfter.bind(null, events) }
  for await (const piece of await exportVisitor({ connection, log, now }, query, all)) out.write(piece)
}

/** Puts a visitor's chats down to be erased by the running service, or says how far that is. Throws `invalid_input`, `not_found`. */
export async function eraseCommand(connection: Connection, args: string[], out: Output): Promise<void> {
  const { visitor, email, externalId, dryRun, report } = named(args)
  if (report !== undefined) return print(out, await reportErasure(connection, report, all))
  const query = parseInput(ExportVisitor, { visitorId: visitor, email, externalId })
  if (dryRun) return print(out, await findChats(connection, query, all))
  print(out, await requestErasure({ connection, ids: createIds(), now }, query, 'command', all))
}

function named(args: string[]) {
  try {
    const { 'external-id': externalId, 'dry-run': dryRun, ...values } = parseArgs({ args, options }).values
    return { ...values, externalId, dryRun }
  } catch (cause) {
    throw new DeskbridgeError('invalid_input', { message: 'There is no such option; see bin/deskbridge.', cause })
  }
}
