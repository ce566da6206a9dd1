import { useState } from 'preact/hooks'
import type { Message } from '../../../../src/contract/chat.ts'
import type { ChatClient } from '../../../core/client.ts'
import type { Entry } from '../../../core/outbox/entries.ts'
import { ShownFile } from '../../../parts/shown-file.tsx'
import { Text } from '../../../parts/text.tsx'
import { seldom } from '../parts/seldom.tsx'
import { type Say, useSay } from '../texts.ts'
import { Face } from './face.tsx'
import { timeOf } from './moments.ts'
import { OwnMenu } from './own-menu.tsx'
import type { Row } from './rows.ts'

const Revise = seldom((parts) => parts.Revise)

interface StoredProps {
  row: Extract<Row, { kind: 'entry' }>
  message: Message
  state: Extract<Entry, { kind: 'stored' }>['state']
  client: Pick<ChatClient, 'edit' | 'delete'>
}

const sideOf = { visitor: 'own', agent: 'theirs', bot: 'theirs', system: 'system' } as const

export function Stored({ row, message, state, client }: StoredProps) {
  const say = useSay()
  const [isEdited, setEdited] = useState(false)
  const { content, file, deleted, senderType, senderName, senderPicture } = message
  const side = sideOf[senderType]
  return (
    <article
      class={`message ${side} ${row.isFirst ? 'first' : ''} ${row.isLast ? 'last' : ''}`}
      data-test="widget-message"
      data-seq={message.seq}
    >
      {side === 'theirs' && row.isFirst && (
        <>
          <Face name={senderName} picture={senderPicture} />
          <p class="name" dir="auto">
            {nameOf(message, say)}
          </p>
        </>
      )}
      {file && <ShownFile file={file} />}
      {isEdited ? (
        <Revise message={message} onSave={client.edit} onEnd={() => setEdited(false)} />
      ) : (
        <>
          {deleted && <p class="bubble deleted">{say('deleted')}</p>}
          {content !== '' && <Text content={content} />}
        </>
      )}
      {side === 'own' && !deleted && !isEdited && (
        <OwnMenu onEdit={() => setEdited(true)} onDelete={() => client.delete(message.id)} />
      )}
      {row.tellsWhen && (
        <p class="when">
          <time dateTime={message.createdAt}>{timeOf(message.createdAt)}</time>
          {message.editedAt && !deleted && ` · ${say('edited')}`}
          {state && !deleted && (
            <span class={state} data-test="widget-receipt">
              {` · ${say(state)}`}
            </span>
          )}
        </p>
      )}
    </article>
  )
}

const nameOf = ({ senderType, senderName }: Message, say: Say): string =>
  senderType === 'bot' ? say('bot', { name: senderName ?? '' }) : (senderName ?? '')
