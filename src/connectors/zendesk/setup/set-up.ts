import type { ZendeskApi } from '../api.ts'
import type { AccountApi } from './account.ts'
import { liveView } from './live-view.ts'
import type { Piece } from './piece.ts'
import { quietTriggers } from './quiet-triggers.ts'
import { ticketField } from './ticket-field.ts'
import { webhook, webhookName, webhookPath } from './webhook.ts'

export interface SetupOptions {
  api: Pick<ZendeskApi, 'fields' | 'createField'>
  account: AccountApi
  fields: { sessionField: string; userField: string }
  /** Where Zendesk reaches the service, without a final slash. */
  publicUrl: string
}

/** All that an account needs, in the order in which it is made. */
export const piecesOf = ({ api, account, fields, publicUrl }: SetupOptions): Piece[] => [
  ticketField(api, fields.sessionField),
  ticketField(api, fields.userField),
  liveView(account),
  quietTriggers(account),
  webhook(account, publicUrl + webhookPath),
]

export interface Step {
  piece: string
  did: 'nothing' | 'made' | 'mended' | 'removed' | 'left'
  why?: string
}

/** Makes what is missing and mends what is wrong. Throws `ZendeskError`; what was done until then stays. */
export async function* setUp(pieces: readonly Piece[]): AsyncGenerator<Step> {
  for (const { name: piece, look, put } of pieces) {
    const found = await look()
    if (found.kind !== 'there') await put()
    if (found.kind === 'there') yield { piece, did: 'nothing' }
    else if (found.kind === 'missing') yield { piece, did: 'made' }
    else yield { piece, did: 'mended', why: found.why }
  }
}

/** Takes away what was made, in the opposite order; what other installations of the account need stays. */
export async function* takeDown(pieces: readonly Piece[], isNeededElsewhere: boolean): AsyncGenerator<Step> {
  for (const { name: piece, look, remove, kept, shared } of pieces.toReversed()) {
    if ((await look()).kind === 'missing') continue
    if (!remove) yield { piece, did: 'left', why: kept ?? 'it is not ours alone' }
    else if (shared && isNeededElsewhere) yield { piece, did: 'left', why: 'another Deskbridge uses the account' }
    else {
      await remove()
      yield { piece, did: 'removed' }
    }
  }
}

/** Whether another installation has a webhook in the account. */
export async function hasNeighbours({ account, publicUrl }: SetupOptions): Promise<boolean> {
  const webhooks = await account.webhooks()
  return webhooks.some(({ name, endpoint }) => name === webhookName && endpoint !== publicUrl + webhookPath)
}
