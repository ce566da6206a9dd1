import type { Staff } from '../../access/who.ts'
import type { CreateCanned } from '../../contract/canned.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Ids } from '../../platform/ids.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { Shortcuts } from './claim-shortcut.ts'
import {
  authorOf,
  checkTemplate,
  derived,
  mayWrite,
  mostResponses,
  type Responses,
  type StoredCanned,
} from './stored.ts'

export interface WriteDeps {
  responses: Responses
  shortcuts: Shortcuts
  inboxes: Pick<Inboxes, 'get'>
  ids: Pick<Ids, 'canned'>
  now(): number
}

/** Throws `invalid_input`, `forbidden`, `not_found`, `already_exists` for a shortcut in use, `too_many`. */
export async function createCanned(deps: WriteDeps, wanted: CreateCanned, by: Staff): Promise<StoredCanned> {
  checkTemplate(wanted.text)
  mayWrite(by, wanted.inbox)
  await checkRoom(deps, wanted.inbox)
  const id = deps.ids.canned()
  const at = new Date(deps.now())
  const author = authorOf(by)
  const response: StoredCanned = {
    _id: id,
    ...wanted,
    ...derived(wanted),
    version: 1,
    createdAt: at,
    createdBy: author,
    updatedAt: at,
    updatedBy: author,
  }
  if (response.claim !== null) await deps.shortcuts.claim(response.claim, id)
  await deps.responses.insertOne(response)
  return response
}

/** Whether the inbox is there and takes one more. */
export async function checkRoom({ inboxes, responses }: WriteDeps, inbox: string | null): Promise<void> {
  if (inbox !== null) await inboxes.get(inbox)
  if ((await responses.countDocuments({ inbox }, { limit: mostResponses })) >= mostResponses)
    throw new DeskbridgeError('too_many', { details: { inbox, most: mostResponses } })
}
