import type { DeliveryState } from '../../../../src/contract/webhook.ts'
import { fromLocal } from '../local-time.ts'

/** Empty text: not narrowed. Times as an input of the browser has them. */
export interface DeliveryFilter {
  state: DeliveryState | ''
  type: string
  session: string
  from: string
  to: string
}

export const everyDelivery: DeliveryFilter = { state: '', type: '', session: '', from: '', to: '' }

export const isNarrow = (filter: DeliveryFilter): boolean => Object.values(filter).some((value) => value !== '')

/** An id that is not all there yet narrows nothing: the service would refuse it. */
export const isWholeId = (session: string): boolean => /^ses_[0-9a-z]{24}$/.test(session.trim())

export const queryOf = ({ session, from, to, ...filter }: DeliveryFilter) => ({
  ...filter,
  session: isWholeId(session) ? session.trim() : '',
  from: fromLocal(from),
  to: fromLocal(to),
})
