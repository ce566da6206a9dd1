/** @jsxImportSource react */
import { type Message, sizeText } from '../../core/index.ts'
import { nameOf, timeOf } from './said.ts'
import type { Say } from './texts.ts'

const sideOf = { visitor: 'own', agent: 'theirs', bot: 'theirs', system: 'system' } as const

/** A message that the service keeps. `state` is of those that we wrote. */
export function Stored({ message, state, say }: { message: Message; state: 'sent' | 'read' | null; say: Say }) {
  const { senderType, content, deleted, file, createdAt, editedAt } = message
  return (
    <article className={`deskbridge-message deskbridge-${sideOf[senderType]}`} data-state={state ?? undefined}>
      {sideOf[senderType] === 'theirs' && (
        <p className="deskbridge-name">
          {message.senderPicture && <img src={message.senderPicture} alt="" width={20} height={20} />}
          {nameOf(message, say)}
        </p>
      )}
      {file && <ShownFile file={file} />}
      {(deleted || content !== '') && (
        <p className={deleted ? 'deskbridge-bubble deskbridge-deleted' : 'deskbridge-bubble'}>
          {deleted ? say('deleted') : content}
        </p>
      )}
      <p className="deskbridge-when">
        <time dateTime={createdAt}>{timeOf(createdAt)}</time>
        {editedAt && !deleted && ` · ${say('edited')}`}
        {state && ` · ${say(state)}`}
      </p>
    </article>
  )
}

function ShownFile({ file }: { file: NonNullable<Message['file']> }) {
  return (
    <a className="deskbridge-file" href={file.url} target="_blank" rel="noopener noreferrer">
      {file.thumbnailUrl ? (
        <img src={file.thumbnailUrl} alt={file.name} width={file.width} height={file.height} loading="lazy" />
      ) : (
        `${file.name} (${sizeText(file.size)})`
      )}
    </a>
  )
}
