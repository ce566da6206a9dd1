import type { Context } from 'hono'
import type { DoneBy } from '../contract/audit.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { Scope } from '../contract/key.ts'
import type { Staff, Who } from './who.ts'

/**
 * Whoever may change what is of the whole installation and has no parts for inboxes: an administrator of some of them may
 * not. Throws what `atLeast` throws.
 */
export async function administratorOfAll(who: Pick<Who, 'atLeast'>, c: Context, scope?: Scope): Promise<Staff> {
  const staff = await who.atLeast(c, 'admin', scope)
  if (staff.inboxes.length > 0) throw new DeskbridgeError('forbidden')
  return staff
}

/** Whether an inbox is one of those that they are for: who has no list is for all of them. */
export const isFor = ({ inboxes }: Pick<Staff, 'inboxes'>, inbox: string): boolean =>
  inboxes.length === 0 || inboxes.includes(inbox)

/** As it is told who did something. */
export const doneBy = (staff: Staff): DoneBy => ({
  kind: staff.kind,
  id: staff.id,
  name: staff.kind === 'agent' ? staff.name : null,
})
