/** @jsxImportSource react */
import { idOf } from '../../core/index.ts'
import { useChat } from '../hooks/hooks.ts'
import { progressOf, reasonOf, textOf, type Waiting } from './said.ts'
import type { Say } from './texts.ts'

/** A message or a file that is not stored yet. */
export function OnItsWay({ entry, say }: { entry: Waiting; say: Say }) {
  const chat = useChat()
  const id = idOf(entry)
  const reason = reasonOf(entry)
  return (
    <article className="deskbridge-message deskbridge-own" data-state={entry.state}>
      <p className="deskbridge-bubble">{textOf(entry)}</p>
      {reason === null && entry.kind === 'upload' && <Progress part={entry.upload.part} name={textOf(entry)} />}
      <p className="deskbridge-when">
        {progressOf(entry, say)}{' '}
        {reason !== null && (
          <button type="button" onClick={() => chat.retry(id)}>
            {say('tryAgain')}
          </button>
        )}{' '}
        {(reason !== null || entry.kind === 'upload') && (
          <button type="button" onClick={() => chat.discard(id)}>
            {say(reason === null ? 'cancelUpload' : 'remove')}
          </button>
        )}
      </p>
    </article>
  )
}

const Progress = ({ part, name }: { part: number; name: string }) => (
  <progress className="deskbridge-progress" value={part} max={1} aria-label={name} />
)
