import { useEffect, useRef, useState } from 'preact/hooks'

interface EditMessageProps {
  content: string
  onSave(content: string): Promise<string | null>
  onDelete(): Promise<string | null>
  onClose(): void
}

/** A message of one's own, being changed or taken away. What is refused is said, and stays to be changed. */
export function EditMessage({ content, onSave, onDelete, onClose }: EditMessageProps) {
  const [text, setText] = useState(content)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSure, setIsSure] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])

  const settle = async (done: Promise<string | null>) => {
    const refusal = await done
    if (refusal === null) onClose()
    else setProblem(refusal)
  }
  const save = () => {
    if (text === content) return onClose()
    if (text.trim() !== '') void settle(onSave(text))
  }

  return (
    <form
      class="edit"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <textarea
        ref={area}
        rows={3}
        value={text}
        aria-label="Change the message"
        data-test="edit-input"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Escape') onClose()
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          save()
        }}
      />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <p class="edit-acts">
        <button
          type="button"
          class="plain problem"
          data-test="delete-message"
          onClick={() => (isSure ? void settle(onDelete()) : setIsSure(true))}
        >
          {isSure ? 'Delete for everybody' : 'Delete'}
        </button>
        <button type="button" class="plain" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" class="act main" data-test="save-message" disabled={text.trim() === ''}>
          Save
        </button>
      </p>
    </form>
  )
}
