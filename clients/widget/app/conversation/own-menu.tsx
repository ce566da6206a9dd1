import { useState } from 'preact/hooks'
import { Question } from '../parts/dialog.tsx'
import { Menu } from '../parts/menu.tsx'
import { useSay } from '../texts.ts'

interface OwnMenuProps {
  onEdit(): void
  onDelete(): void
}

/** What can be done with a message of one's own. */
export function OwnMenu({ onEdit, onDelete }: OwnMenuProps) {
  const say = useSay()
  const [isAsking, setAsking] = useState(false)
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
      {isAsking && (
        <Question
          title={say('deleteQuestion')}
          yes={say('delete')}
          no={say('cancel')}
          test="widget-delete-confirm"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            onDelete()
          }}
        />
      )}
    </>
  )
}
