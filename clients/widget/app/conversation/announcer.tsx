import { useEffect, useRef, useState } from 'preact/hooks'
import type { Message } from '../../../../src/contract/chat.ts'
import type { ChatState } from '../../../core/client.ts'
import { type Say, useSay } from '../texts.ts'
import { newsIn, nothingTold } from './news.ts'

/** More than anybody has listened to at once. */
const mostKept = 5

/** Tells those who do not see the chat what others write in it, once; and whoever asks, that there is news. */
export function Announcer({ state, onNews }: { state: ChatState; onNews(): void }) {
  const say = useSay()
  const told = useRef(nothingTold)
  const [said, setSaid] = useState<readonly Message[]>([])
  useEffect(() => {
    const { told: next, news } = newsIn(told.current, state)
    told.current = next
    if (news.length === 0) return
    setSaid((before) => [...before, ...news].slice(-mostKept))
    onNews()
  }, [state.sessionId, state.conversation.cursor, state.conversation.messages])
  return (
    <div class="unseen" role="log" aria-live="polite" aria-label={say('newMessages')} data-test="widget-announcer">
      {said.map((message) => (
        <p key={message.id}>{inWords(message, say)}</p>
      ))}
    </div>
  )
}

function inWords({ senderName, senderType, content, file }: Message, say: Say): string {
  const name = senderType === 'bot' ? say('bot', { name: senderName ?? '' }) : senderName
  const text = [file?.name, content].filter(Boolean).join('. ')
  return name ? `${name}: ${text}` : text
}
