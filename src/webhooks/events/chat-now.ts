import type { FileRef, Visitor } from '../../contract/event.ts'
import type { FileLinks } from '../../contract/file.ts'
import type { Epoch, Seq } from '../../contract/ids.ts'

/** A chat as it is when a payload is made. Read after the event, so that no erasure falls between the two. */
export interface ChatNow {
  epoch: Epoch
  inbox: { key: string; name: string }
  visitor: Pick<Visitor, 'id'>
  erasedUpTo: Seq
}

/** Addresses in a payload. */
export interface Addresses {
  /** Where a file can be had for a limited time. */
  linkTo(file: Pick<FileRef, 'id' | 'type'>): Pick<FileLinks, 'url'>
  /** Stands before `/api/…`. */
  publicUrl: string
}
