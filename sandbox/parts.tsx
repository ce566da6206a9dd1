import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{children}</p>
    </div>
  )
}

const hues = [212, 158, 28, 280, 340]

export function Avatar({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()
  const hue = hues[Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % hues.length]
  return (
    <span class="avatar" aria-hidden="true" style={{ background: `hsl(${hue} 45% 38%)` }}>
      {letters || '?'}
    </span>
  )
}

export function Reply(props: { label: string; button: string; test: string; onSend(text: string): Promise<unknown> }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)
  const send = async () => {
    if (text.trim() === '') return
    const sent = await props.onSend(text).then(
      () => true,
      () => false,
    )
    setProblem(!sent)
    if (sent) setText('')
    input.current?.focus()
  }
  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        ref={input}
        rows={2}
        aria-label={props.label}
        placeholder={props.label}
        data-test={`${props.test}-input`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
      />
      <button type="submit" data-test={`${props.test}-send`} disabled={text.trim() === ''}>
        {props.button}
      </button>
      {problem && <p role="alert">That did not go through. Try again.</p>}
    </form>
  )
}
