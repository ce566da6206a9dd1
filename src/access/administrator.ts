import type { Context } from 'hono'
import type { Staff, Who } from '../access/who.ts'
import type { DoneBy } from '../contract/connector-health.ts'
import { DeskbridgeError } from '../contract/errors.ts'

/** Whoever runs the installation. It has no parts for inboxes, so that an administrator of some of them runs none of it. */
export async function theAdministrator(who: Pick<Who, 'atLeast'>, c: Context): Promise<DoneBy> {
  const staff = await who.atLeast(c, 'admin')
  if (staff.inboxes.length > 0) throw new DeskbridgeError('forbidden')
  return doneBy(staff)
}

const doneBy = (staff: Staff): DoneBy => ({
  kind: staff.kind,
  id: staff.id,
  name: staff.kind === 'agent' ? staff.name : null,
})
