import type { Standing } from '../../access/standing.ts'
import type { Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'

/**
 * What must become of a connection: it `stays`, it is cut and `returns` with the rights of now, or it `goes` because its
 * agent or its session is no more. A store that is away changes nothing.
 */
export async function recheck(standing: Pick<Standing, 'of'>, held: Identity): Promise<'stays' | 'returns' | 'goes'> {
  if (held.kind === 'visitor') return 'stays'
  try {
    const now = await standing.of(held.id, held.signIn)
    return sameRights(now, held) ? 'stays' : 'returns'
  } catch (error) {
    return error instanceof DeskbridgeError && error.code === 'unauthorized' ? 'goes' : 'stays'
  }
}

type Rights = Pick<Extract<Identity, { kind: 'agent' }>, 'name' | 'role' | 'inboxes' | 'picture'>

const sameRights = (one: Rights, other: Rights): boolean =>
  one.name === other.name &&
  one.role === other.role &&
  one.picture === other.picture &&
  one.inboxes.length === other.inboxes.length &&
  one.inboxes.every((inbox) => other.inboxes.includes(inbox))
