import { useState } from 'preact/hooks'
import type { ChatClient } from '../../../core/client.ts'
import { Menu } from '../parts/menu.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'

const Question = seldom((parts) => parts.Question)

interface OwnMenuProps {
  onEdit(): void
  onDelete(): ReturnType<ChatClient['delete']>
}

/** What can be done with a message of one's own. */
export function OwnMenu({ onEdit, onDelete }: OwnMenuProps) {
  const say = useSay()
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const remove = async () => {
    setAsking(false)
    const answer = await onDelete()
    setProblem(answer?.ok ? null : say('notDone', { reason: answer?.error.message ?? say('offline') }))
  }
  return (
    <>
      <Menu
        label={say('messageMenu')}
        test="widget-message-menu"
        choices={[
          { name: say('edit'), test: 'widget-edit', choose: onEdit },
          { name: say('delete'), test: 'widget-delete', choose: () => setAsking(true) },
        ]}
      />
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
