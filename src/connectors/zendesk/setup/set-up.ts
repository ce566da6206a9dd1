import type { ZendeskApi } from '../api.ts'
import type { AccountApi } from './account.ts'
import type { AppsApi } from './apps-api.ts'
import { liveView } from './live-view.ts'
import { NotOffered, type Piece } from './piece.ts'
import { quietTriggers } from './quiet-triggers.ts'
import { sidebarApp } from './sidebar-app.ts'
import { ticketField } from './ticket-field.ts'
import { webhook, webhookName, webhookPath } from './webhook.ts'

export interface SetupOptions {
  api: Pick<ZendeskApi, 'fields' | 'createField'>
  account: AccountApi
  apps: AppsApi
  fields: { sessionField: string; userField: string }
  /** Where Zendesk reaches the service, without a final slash. */
  publicUrl: string
}

/** All that an account needs, in the order in which it is made. */
export const piecesOf = ({ api, account, apps, fields, publicUrl }: SetupOptions): Piece[] => [
  ticketField(api, fields.sessionField),
  ticketField(api, fields.userField),
  liveView(account),
  quietTriggers(account),
  webhook(account, publicUrl + webhookPath),
  sidebarApp(apps, publicUrl),
]

export interface Step {
  piece: string
  did: 'nothing' | 'made' | 'mended' | 'removed' | 'left'
  why?: string
}

/** Makes what is missing and mends what is wrong. Throws `RemoteFailure`; what was done until then stays. */
export async function* setUp(pieces: readonly Piece[]): AsyncGenerator<Step> {
  for (const piece of pieces) yield await makeRight(piece)
}

async function makeRight({ name: piece, look, put }: Piece): Promise<Step> {
  try {
    const found = await look()
    if (found.kind !== 'there') await put()
    if (found.kind === 'there') return { piece, did: 'nothing' }
    return found.kind === 'missing' ? { piece, did: 'made' } : { piece, did: 'mended', why: found.why }
  } catch (error) {
    if (error instanceof NotOffered) return { piece, did: 'left', why: error.message }
    throw error
  }
}

/** Takes away what was made, in the opposite order; what other installations of the account need stays. */
export async function* takeDown(pieces: readonly Piece[], isNeededElsewhere: boolean): AsyncGenerator<Step> {
  for (const { name: piece, look, remove, kept, shared } of pieces.toReversed()) {
    if (!(await isThere(look))) continue
    if (!remove) yield { piece, did: 'left', why: kept ?? 'it is not ours alone' }
    else if (shared && isNeededElsewhere) yield { piece, did: 'left', why: 'another Deskbridge uses the account' }
    else {
      await remove()
      yield { piece, did: 'removed' }
    }
  }
}

async function isThere(look: Piece['look']): Promise<boolean> {
  try {
    return (await look()).kind !== 'missing'
  } catch (error) {
    if (error instanceof NotOffered) return false
    throw error
  }
}

/** Whether another installation has a webhook in the account. */
export async function hasNeighbours({ account, publicUrl }: SetupOptions): Promise<boolean> {
  const webhooks = await account.webhooks()
  return webhooks.some(({ name, endpoint }) => name === webhookName && endpoint !== publicUrl + webhookPath)
}
