/** @jsxImportSource react */
import { useNewestAnswer } from '../hooks/use-newest-answer.ts'
import { saidBy } from './said.ts'
import type { Say } from './texts.ts'

/** Reads an answer out, once. The list itself is silent: it also changes when a message of ours got further. */
export function Announced({ say }: { say: Say }) {
  const newest = useNewestAnswer()
  return (
    <div className="deskbridge-unseen" role="status">
      {newest && <p key={newest.id}>{saidBy(newest, say)}</p>}
    </div>
  )
}
