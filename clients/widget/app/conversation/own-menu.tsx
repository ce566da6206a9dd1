import { useState } from 'preact/hooks'
import type { ChatClient } from '../../../core/client.ts'
import { Menu } from '../parts/menu.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'

const Erase = seldom((parts) => parts.Erase)

interface OwnMenuProps {
  onEdit(): void
  onDelete(): ReturnType<ChatClient['delete']>
}

/** What can be done with a message of one's own. */
export function OwnMenu({ onEdit, onDelete }: OwnMenuProps) {
  const say = useSay()
  const [timesAsked, setTimesAsked] = useState(0)
  return (
    <>
      <Menu
        label={say('messageMenu')}
        test="widget-message-menu"
        choices={[
          { name: say('edit'), test: 'widget-edit', choose: onEdit },
          { name: say('delete'), test: 'widget-delete', choose: () => setTimesAsked(timesAsked + 1) },
        ]}
      />
      {timesAsked > 0 && <Erase key={timesAsked} onDelete={onDelete} />}
    </>
  )
}
