import type { Seq } from '../../contract/ids.ts'
import type { Failure } from '../port/failure.ts'

/** What a call or a look ran into, without a word of what people wrote. Times in epoch ms. */
export interface Trouble {
  kind: Failure['kind']
  /** The remote's own word for it. */
  code: string | null
  text: string
  at: number
}

/** Events that the destination did not take: a placeholder keeps their place, or nothing does. */
export interface Isolated {
  first: Seq
  last: Seq
  count: number
}

/** `outbound.nextAt` while the destination is paused by an administrator. The sweep makes it due once that is over. */
export const parked = Number.MAX_SAFE_INTEGER

/** `outbound.behindSince` of a link that is not behind. */
export const notBehind = Number.MAX_SAFE_INTEGER
