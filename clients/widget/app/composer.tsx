import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatClient } from '../../core/client.ts'
import { useDraft } from './composing/draft.ts'
import { useDrop } from './composing/drop.ts'
import { EmojiButton } from './composing/emoji-button.tsx'
import { FileButton } from './composing/file-button.tsx'
import { Icon } from './parts/icon.tsx'
import { seldom } from './parts/seldom.tsx'
import { useSay } from './texts.ts'

const ChosenFiles = seldom((parts) => parts.ChosenFiles)

const mostLength = 10_000

export function Composer({ client }: { client: Pick<ChatClient, 'send' | 'sendFile' | 'typing'> }) {
  const say = useSay()
  const [text, setText] = useDraft()
  const [files, setFiles] = useState<readonly File[]>([])
  const input = useRef<HTMLTextAreaElement>(null)
  // Before they are painted: whoever opens the chat can write at once.
  useLayoutEffect(() => input.current?.focus(), [])
  useLayoutEffect(() => {
    const area = input.current
    // Where the style sheet does it, nothing has to be laid out for each key.
    if (!area || area.style.fieldSizing === '') return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [text])
  const add = useCallback((more: readonly File[]) => {
    setFiles((before) => [...before, ...more])
    input.current?.focus()
  }, [])
  const isOver = useDrop(add)

  const tooLong = Array.from(text).length - mostLength
  const canSend = tooLong <= 0 && (text.trim() !== '' || files.length > 0)
  const send = () => {
    if (!canSend) return
    if (files.length === 0) client.send(text)
    // What is written beside several stands beside the first.
    for (const [index, file] of files.entries()) client.sendFile(file, file.name, index === 0 ? text.trim() : '')
    setText('')
    setFiles([])
    input.current?.focus()
  }
  const insert = (what: string) => {
    const area = input.current
    if (!area) return
    area.focus()
    area.setRangeText(what, area.selectionStart, area.selectionEnd, 'end')
    setText(area.value)
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {isOver && <div class="drop">{say('dropFile')}</div>}
      {tooLong > 0 && (
        <p class="too-long" role="alert">
          {say('tooLong', { count: tooLong })}
        </p>
      )}
      {files.length > 0 && (
        <ChosenFiles files={files} onRemove={(file) => setFiles(files.filter((one) => one !== file))} />
      )}
      <div class="field">
        <textarea
          ref={input}
          rows={1}
          // What is empty has no direction of its own, and the placeholder would stand on the wrong side.
          dir={text ? 'auto' : undefined}
          value={text}
          data-test="widget-input"
          aria-label={say('yourMessage')}
          placeholder={say(files.length > 0 ? 'caption' : 'writeMessage')}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value)
            client.typing()
          }}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length === 0) return
            event.preventDefault()
            add(pasted)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <div class="tools">
          <FileButton onChoose={add} />
          <EmojiButton onChoose={insert} />
          <button type="submit" class="send" data-test="widget-send" aria-label={say('send')} disabled={!canSend}>
            <Icon name="send" />
          </button>
        </div>
      </div>
    </form>
  )
}
