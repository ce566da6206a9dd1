/** @jsxImportSource react */
import { type DragEvent, useMemo } from 'react'
import type { DeskbridgeOptions } from '../../core/index.ts'
import { useChat, useChatState } from '../hooks/hooks.ts'
import { LiveChatProvider } from '../hooks/provider.tsx'
import { Announced } from './announced.tsx'
import { Composer } from './composer.tsx'
import { Ended } from './ended.tsx'
import { Header } from './header.tsx'
import { Messages } from './messages.tsx'
import { en, type Say, sayIn, type Texts } from './texts.ts'

interface LookProps {
  /** In place of the English ones; those that are left out stay. */
  texts?: Partial<Texts>
  className?: string
  /** What can be attached, as in `<input accept>`. The service decides what it takes. */
  accept?: string
}

/** Inside of a `<LiveChatProvider>` it needs no more; elsewhere it takes what that takes. */
export type LiveChatProps = LookProps & (DeskbridgeOptions | { url?: never })

/** A whole chat that fills the element around it. */
export function LiveChat({ texts, className, accept, ...options }: LiveChatProps) {
  const look = { ...(texts && { texts }), ...(className && { className }), ...(accept && { accept }) }
  if (options.url === undefined) return <Face {...look} />
  return (
    <LiveChatProvider {...options}>
      <Face {...look} />
    </LiveChatProvider>
  )
}

function Face({ texts, className = '', accept = 'image/*,application/pdf' }: LookProps) {
  const say = useMemo((): Say => sayIn({ ...en, ...texts }), [texts])
  const chat = useChat()
  const { conversation, refusal } = useChatState()
  const attach = (files: Iterable<File>) => {
    for (const file of files) chat.sendFile(file, file.name)
  }
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    attach(event.dataTransfer.files)
  }
  return (
    <section
      className={`deskbridge ${className}`.trim()}
      aria-label={say('title')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <Header say={say} />
      <Messages say={say} />
      <Announced say={say} />
      {refusal && (
        <p className="deskbridge-notice" role="alert">
          {refusal.message}
        </p>
      )}
      {conversation.status === 'closed' && <Ended say={say} />}
      <Composer say={say} accept={accept} onFiles={attach} />
    </section>
  )
}
