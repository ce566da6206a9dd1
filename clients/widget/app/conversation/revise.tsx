import { useEffect, useRef, useState } from 'preact/hooks'
import type { Message } from '../../../../src/contract/chat.ts'
import type { ChatClient } from '../../../core/client.ts'
import { useSay } from '../texts.ts'
import { whyNot } from '../why-not.ts'

interface ReviseProps {
  message: Message
  onSave: ChatClient['edit']
  onEnd(): void
}

/** A message of one's own, in other words. */
export function Revise({ message, onSave, onEnd }: ReviseProps) {
  const say = useSay()
  const [text, setText] = useState(message.content)
  const [problem, setProblem] = useState<string | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    area.current?.focus()
    area.current?.setSelectionRange(text.length, text.length)
    return () => document.querySelector<HTMLElement>('[data-test=widget-input]')?.focus()
  }, [])

  const save = async () => {
    if (text === message.content) return onEnd()
    const answer = await onSave(message.id, text)
    if (answer?.ok) onEnd()
    else setProblem(say('notDone', { reason: whyNot(answer?.error, say) }))
  }
  return (
    <form
      class="revise"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <textarea
        ref={area}
        dir="auto"
        rows={Math.min(6, text.split('\n').length + 1)}
        value={text}
        aria-label={say('edit')}
        data-test="widget-revise"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            onEnd()
          }
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void save()
        }}
      />
      {problem && <p role="alert">{problem}</p>}
      <div class="answers">
        <button type="button" class="plain" onClick={onEnd}>
          {say('cancel')}
        </button>
        <button type="submit" class="main" disabled={text.trim() === '' && !message.file}>
          {say('save')}
        </button>
      </div>
    </form>
  )
}
