import { useState } from 'preact/hooks'
import type { Message } from '../../../src/contract/chat.ts'
import { ShownFile } from '../../parts/shown-file.tsx'
import { Text } from '../../parts/text.tsx'
import { EditMessage } from './edit-message.tsx'
import type { MessageActs } from './message-acts.ts'

const timeOf = (iso: string) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

interface StoredProps extends Pick<MessageActs, 'onEdit' | 'onDelete'> {
  message: Message
  /** Of a stretch of the same sender. */
  isFirst: boolean
  standing: 'Sent' | 'Read' | null
  me: string
}

export function Stored({ message, isFirst, standing, me, onEdit, onDelete }: StoredProps) {
  const { senderType, senderId, senderName, isInternal, content, deleted, file } = message
  const [isEdited, setIsEdited] = useState(false)
  if (senderType === 'system')
    return (
      <p class="system" data-test="pane-message">
        {content}
      </p>
    )
  const name = senderName ?? (senderType === 'visitor' ? 'Visitor' : 'Support')
  const isMine = senderId === me && senderType === 'agent'
  const who = isMine ? 'You' : senderType === 'bot' ? `${name} (bot)` : name
  const side = senderType === 'visitor' ? 'visitor' : 'agent'
  return (
    <article class={`message ${side}${isInternal ? ' note' : ''}`} data-test="pane-message">
      {isFirst && (
        <p class="from">
          {isInternal && <span class="tag">Note</span>}{' '}
          <strong>
            <bdi>{who}</bdi>
          </strong>{' '}
          <time dateTime={message.createdAt}>{timeOf(message.createdAt)}</time>
        </p>
      )}
      {file && <ShownFile file={file} />}
      {isEdited ? (
        <EditMessage
          content={content}
          onSave={(next) => onEdit(message.id, next)}
          onDelete={() => onDelete(message.id)}
          onClose={() => setIsEdited(false)}
        />
      ) : (
        <Said content={content} isDeleted={deleted} />
      )}
      <p class="edited">
        {isMine && !deleted && !isEdited && (
          <button type="button" class="plain change" data-test="change" onClick={() => setIsEdited(true)}>
            Change
          </button>
        )}{' '}
        {message.editedAt && !deleted && 'Edited '}
        {standing && <span data-test="standing">{standing}</span>}
      </p>
    </article>
  )
}

function Said({ content, isDeleted }: { content: string; isDeleted: boolean }) {
  if (isDeleted) return <p class="bubble deleted">This message was deleted.</p>
  return content === '' ? null : <Text content={content} />
}
