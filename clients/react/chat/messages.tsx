/** @jsxImportSource react */
import { useEffect, useLayoutEffect, useRef } from 'react'
import { type Entry, idOf } from '../../core/index.ts'
import { useChat, useChatState, useEntries, useTyping } from '../hooks/hooks.ts'
import { OnItsWay } from './on-its-way.tsx'
import { Stored } from './stored.tsx'
import type { Say } from './texts.ts'

/** From the end, within which the list goes on to show its end. Pixels. */
const nearPx = 80

export function Messages({ say }: { say: Say }) {
  const chat = useChat()
  const entries = useEntries()
  const typing = useTyping()
  const { conversation } = useChatState()
  const list = useShownEnd(entries, typing)
  useReading()
  return (
    <div
      className="deskbridge-messages"
      role="log"
      aria-live="off"
      aria-label={say('messages')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached without a mouse
      tabIndex={0}
      ref={list}
    >
      {conversation.hasOlder && (
        <button type="button" onClick={() => void chat.older()}>
          {say('olderMessages')}
        </button>
      )}
      {entries.length === 0 && <p className="deskbridge-hello">{say('hello')}</p>}
      {entries.map((entry) => (
        <Line key={idOf(entry)} entry={entry} say={say} />
      ))}
      {typing !== null && <p className="deskbridge-typing">{say('typing', { name: typing || say('somebody') })}</p>}
    </div>
  )
}

function Line({ entry, say }: { entry: Entry; say: Say }) {
  return entry.kind === 'stored' ? (
    <Stored message={entry.message} state={entry.state} say={say} />
  ) : (
    <OnItsWay entry={entry} say={say} />
  )
}

/** Keeps the end in view, unless the visitor reads further up. */
function useShownEnd(entries: readonly Entry[], typing: string | null) {
  const list = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const look = () => {
      isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    if (list.current && isNear.current) list.current.scrollTop = list.current.scrollHeight
  }, [entries, typing])
  return list
}

/** What is on a screen that is looked at counts as read. */
function useReading() {
  const chat = useChat()
  const { conversation } = useChatState()
  const newest = conversation.messages.at(-1)?.id
  useEffect(() => {
    const read = () => document.visibilityState === 'visible' && chat.read()
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [chat, newest])
}
