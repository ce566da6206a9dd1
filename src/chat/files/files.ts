import type { FileRef } from '../../contract/event.ts'
import type { FileId, SessionId } from '../../contract/ids.ts'
import type { Claim } from './claim-file.ts'
import type { LinkTo } from './links.ts'
import type { FileRecord } from './records.ts'

/** What the rest of the chat does with files. */
export interface Files {
  /** Links for those who read in the chat, and for those who read it elsewhere, later. */
  linkTo: LinkTo
  lastingLinkTo: LinkTo
  /** What somebody sent elsewhere becomes an upload of theirs. Throws `file_…`, `not_found`, `unavailable`; then nothing is kept. */
  takeIn(sent: { name: string; bytes: Uint8Array }, owner: { session: SessionId; by: string }): Promise<FileRef>
  /** Null: it is not there any more. Throws `unavailable`. */
  bytesOf(id: FileId): Promise<Uint8Array | null>
  /** Reserves an uploaded file for a message. Throws `not_found`, and what `check` throws. */
  claim(id: FileId, claim: Claim, check: (file: FileRef) => void): Promise<FileRef>
  /** The message is stored. */
  keep(id: FileId, message: NonNullable<FileRecord['message']>): Promise<void>
  /** The message was refused. */
  giveUp(id: FileId, claim: Claim): Promise<void>
  /** Its message is about to be deleted: whatever becomes of the process, a sweep finds out. */
  lookAgain(id: FileId): Promise<void>
  /** Throws `unavailable`; a sweep goes on with it. */
  remove(id: FileId): Promise<void>
  /** All of a chat's until then, sent or not. Throws `unavailable` while any is left. Answers how many there were. */
  removeOf(session: SessionId, until: Date): Promise<number>
}
