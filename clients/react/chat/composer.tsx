/** @jsxImportSource react */
import { type ClipboardEvent, type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react'
import { useChat } from '../hooks/hooks.ts'
import type { Say } from './texts.ts'

const mostLength = 10_000

interface ComposerProps {
  say: Say
  accept: string
  onFiles(files: Iterable<File>): void
}

export function Composer({ say, accept, onFiles }: ComposerProps) {
  const chat = useChat()
  const [text, setText] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const canSend = text.trim() !== '' && Array.from(text).length <= mostLength

  const send = () => {
    if (!canSend) return
    chat.send(text)
    setText('')
    input.current?.focus()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }
  const press = (event: KeyboardEvent) => {
    // While a word is being put together, Enter takes the word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    onFiles(event.clipboardData.files)
  }
  return (
    <form className="deskbridge-composer" onSubmit={submit}>
      <Attach say={say} accept={accept} onFiles={onFiles} />
      <textarea
        ref={input}
        rows={1}
        value={text}
        aria-label={say('yourMessage')}
        placeholder={say('writeMessage')}
        enterKeyHint="send"
        onChange={(event) => {
          setText(event.currentTarget.value)
          chat.typing()
        }}
        onKeyDown={press}
        onPaste={paste}
      />
      <button type="submit" disabled={!canSend}>
        {say('send')}
      </button>
    </form>
  )
}

function Attach({ say, accept, onFiles }: ComposerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={accept}
        onChange={({ currentTarget }) => {
          onFiles(Array.from(currentTarget.files ?? []))
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
      <button type="button" aria-label={say('attachFile')} onClick={() => input.current?.click()}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.8 1.8 0 0 1-2.5-2.5L14 7.5" />
        </svg>
      </button>
    </>
  )
}
