import type { Seq, SessionId, VisitorId } from '../../contract/ids.ts'

/** What is to be gone: everything of one chat up to a position of its log. */
export interface ErasedChat {
  session: SessionId
  visitor: VisitorId
  upTo: Seq
  /** When it was asked for: what came later stays. */
  at: Date
}

/** A copy, beside the log, of what people wrote and were. Whoever keeps one lists its eraser. */
export interface Eraser {
  /** As the report calls it. */
  name: string
  /** Empties it; called until it answers, and again after that. Answers how many documents or files it changed. */
  erase(chat: ErasedChat): Promise<number>
}
