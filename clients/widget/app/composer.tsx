import { useEffect, useRef, useState } from 'preact/hooks'

const mostLength = 10_000

export function Composer({ onSend, onTyping }: { onSend(text: string): void; onTyping(): void }) {
  const [text, setText] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    const area = input.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, 140)}px`
  }, [text])

  const length = Array.from(text).length
  const canSend = text.trim() !== '' && length <= mostLength
  const send = () => {
    if (!canSend) return
    onSend(text)
    setText('')
    input.current?.focus()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {length > mostLength && (
        <p class="too-long" role="alert">
          {length - mostLength} characters too long
        </p>
      )}
      <textarea
        ref={input}
        rows={1}
        value={text}
        data-test="widget-input"
        aria-label="Your message"
        placeholder="Write a message…"
        enterkeyhint="send"
        onInput={(event) => {
          setText(event.currentTarget.value)
          onTyping()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button type="submit" class="send" data-test="widget-send" aria-label="Send" disabled={!canSend}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V5M5 12l7-7 7 7" />
        </svg>
      </button>
    </form>
  )
}
