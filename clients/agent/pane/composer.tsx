import { useEffect, useRef, useState } from 'preact/hooks'
import type { ShownCanned } from '../../../src/contract/canned.ts'
import { CannedList, useCanned } from './canned.tsx'

const mostLength = 10_000

interface ComposerProps {
  isClosed: boolean
  findCanned(words: string): Promise<ShownCanned[]>
  renderCanned(id: string): Promise<string>
  onSend(text: string, isNote: boolean): void
  onTyping(): void
}

/** An answer or a note; a slash at its beginning looks for a canned response. */
export function Composer({ isClosed, findCanned, renderCanned, onSend, onTyping }: ComposerProps) {
  const [text, setText] = useState('')
  const [isNote, setIsNote] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)
  const put = (next: string) => {
    setText(next)
    input.current?.focus()
  }
  const canned = useCanned({ text, find: findCanned, pick: async ({ id }) => put(await renderCanned(id)) })
  useEffect(() => grow(input.current), [text])

  const length = Array.from(text).length
  const canSend = text.trim() !== '' && length <= mostLength
  const send = () => {
    if (!canSend) return
    onSend(text, isNote)
    put('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || canned.takesKey(event)) return
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class={isNote ? 'composer for-note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <CannedList canned={canned} />
      <Kinds isNote={isNote} onChange={setIsNote} />
      {length > mostLength && (
        <p class="problem" role="alert">
          {length - mostLength} characters too long
        </p>
      )}
      <textarea
        ref={input}
        rows={2}
        value={text}
        data-test="pane-input"
        aria-label={isNote ? 'Note for the team' : 'Answer'}
        placeholder={placeholderFor(isNote, isClosed)}
        {...canned.inputProps}
        onInput={(event) => {
          setText(event.currentTarget.value)
          if (!isNote && !event.currentTarget.value.startsWith('/')) onTyping()
        }}
        onKeyDown={onKeyDown}
      />
      <div class="below">
        <button type="button" class="plain" data-test="canned-open" onClick={() => put('/')}>
          / Canned responses
        </button>
        <button type="submit" class="act main" data-test="pane-send" disabled={!canSend}>
          {isNote ? 'Add note' : 'Send'}
        </button>
      </div>
    </form>
  )
}

function placeholderFor(isNote: boolean, isClosed: boolean): string {
  if (isNote) return 'Only your team reads this'
  return isClosed ? 'An answer opens the chat again' : 'Answer, or / for canned responses'
}

function Kinds({ isNote, onChange }: { isNote: boolean; onChange(isNote: boolean): void }) {
  return (
    <fieldset class="kinds">
      <legend class="read-out">What you write</legend>
      {[false, true].map((value) => (
        <label key={String(value)} class={value === isNote ? 'kind on' : 'kind'}>
          <input
            type="radio"
            name="kind"
            class="read-out"
            checked={value === isNote}
            onChange={() => onChange(value)}
          />
          {value ? 'Note' : 'Answer'}
        </label>
      ))}
    </fieldset>
  )
}

function grow(area: HTMLTextAreaElement | null): void {
  if (!area) return
  area.style.height = 'auto'
  area.style.height = `${Math.min(area.scrollHeight + 2, 180)}px`
}
