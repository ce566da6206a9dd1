import { useEffect, useRef, useState } from 'preact/hooks'
import type { ShownCanned } from '../../../src/contract/canned.ts'
import { CannedList, useCanned } from './canned.tsx'
import { FileButton, filesIn } from './file-button.tsx'
import { Kinds } from './kinds.tsx'

const mostLength = 10_000

interface ComposerProps {
  isClosed: boolean
  isNote: boolean
  /** What was begun here before. */
  draft?: string
  onKind(isNote: boolean): void
  findCanned(words: string): Promise<ShownCanned[]>
  renderCanned(id: string): Promise<string>
  onSend(text: string, isNote: boolean): void
  onFiles(files: readonly File[], isNote: boolean): void
  onTyping(): void
  onDraft?(text: string): void
}

/** An answer or a note; a slash at its beginning looks for a canned response. */
export function Composer(props: ComposerProps) {
  const { isClosed, isNote, draft = '', onKind, onSend, onFiles, onTyping, onDraft } = props
  const [text, setText] = useState(draft)
  const input = useRef<HTMLTextAreaElement>(null)
  const change = (next: string) => {
    setText(next)
    onDraft?.(next)
  }
  const put = (next: string) => {
    change(next)
    input.current?.focus()
  }
  const canned = useCanned({
    text,
    find: props.findCanned,
    pick: async ({ id }) => put(await props.renderCanned(id)),
  })
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
    if (event.key === 'Escape') input.current?.blur()
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
      <Kinds isNote={isNote} onChange={onKind} />
      {length > mostLength && (
        <p class="problem" role="alert">
          {length - mostLength} characters too long
        </p>
      )}
      <textarea
        ref={input}
        rows={2}
        dir="auto"
        value={text}
        data-test="pane-input"
        aria-label={isNote ? 'Note for the team' : 'Answer'}
        placeholder={placeholderFor(isNote, isClosed)}
        {...canned.inputProps}
        onInput={(event) => {
          change(event.currentTarget.value)
          if (!isNote && !event.currentTarget.value.startsWith('/')) onTyping()
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = filesIn(event.clipboardData)
          if (files.length === 0) return
          event.preventDefault()
          onFiles(files, isNote)
        }}
      />
      <div class="below">
        <button type="button" class="plain" data-test="canned-open" onClick={() => put('/')}>
          / Canned responses
        </button>
        <FileButton onFiles={(files) => onFiles(files, isNote)} />
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

function grow(area: HTMLTextAreaElement | null): void {
  if (!area) return
  area.style.height = 'auto'
  area.style.height = `${Math.min(area.scrollHeight + 2, 180)}px`
}
