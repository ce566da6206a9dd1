import { useState } from 'preact/hooks'
import type { ChatClient } from '../../../core/client.ts'
import { Question } from '../parts/dialog.tsx'
import { useSay } from '../texts.ts'
import { whyNot } from '../why-not.ts'

/** Deletes a message of one's own when it is sure. */
export function Erase({ onDelete }: { onDelete(): ReturnType<ChatClient['delete']> }) {
  const say = useSay()
  const [isAsking, setAsking] = useState(true)
  const [problem, setProblem] = useState<string | null>(null)
  const remove = async () => {
    setAsking(false)
    const answer = await onDelete()
    if (!answer?.ok) setProblem(say('notDone', { reason: whyNot(answer?.error, say) }))
  }
  return (
    <>
      {problem && (
        <p class="when problem" role="alert">
          {problem}
        </p>
      )}
      {isAsking && (
        <Question
          title={say('deleteQuestion')}
          yes={say('delete')}
          no={say('cancel')}
          test="widget-delete-confirm"
          onNo={() => setAsking(false)}
          onYes={() => void remove()}
        />
      )}
    </>
  )
}
