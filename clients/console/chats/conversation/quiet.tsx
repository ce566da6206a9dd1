import type { SessionInfo } from '../../../../src/contract/chat.ts'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'

/** Says that whoever is here is here unseen, and how they step in. */
export function Quiet({ info, onTake }: { info: SessionInfo; onTake(): void }) {
  const { me } = useFrame()
  if (info.status === 'closed') return null
  return (
    <div class="quiet" data-test="quiet">
      <Icon name="eye" />
      <p>You read along with {info.assignee?.name}. The visitor is not told, until you answer.</p>
      {me.role !== 'agent' && (
        <button type="button" class="act" data-test="take-over" onClick={onTake}>
          Take over
        </button>
      )}
    </div>
  )
}
