import type { Identity } from '../../access/tokens.ts'
import type { BlockVisitor, ShownBlock } from '../../contract/abuse.ts'
import { customerOf } from '../../platform/http/address.ts'
import type { ChatDeps } from '../chat.ts'
import { callerOf } from '../realtime/identity.ts'
import { closeSession } from '../sessions/close-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Blocks } from './blocks.ts'

/** An address changes hands: unless somebody says otherwise it is blocked for so long. ms */
const addressMs = 86_400_000

/** Blocks the visitor of a chat, where the agent answers, and closes it. May be repeated. */
export async function blockVisitor(
  deps: Pick<ChatDeps, 'log' | 'now'> & { blocks: Blocks },
  { id, inbox, visitor }: SessionSummary,
  { reason, until, address }: BlockVisitor,
  by: Extract<Identity, { kind: 'agent' }>,
): Promise<ShownBlock[]> {
  const said = { reason, inbox: by.inboxes.length === 0 ? null : inbox }
  const blocks = [await deps.blocks.put({ ...said, until, target: { kind: 'visitor', visitor: visitor.id } }, by)]
  if (address && visitor.ip) {
    const target = { kind: 'address', range: customerOf(visitor.ip) } as const
    const day = new Date(deps.now() + addressMs).toISOString()
    blocks.push(await deps.blocks.put({ ...said, until: until ?? day, target }, by))
  }
  await closeSession(deps, id, callerOf(by))
  return blocks
}
