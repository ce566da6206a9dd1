import { useEffect } from 'preact/hooks'
import type { AgentChat } from '../../../agent/chat.ts'

/** What is looked at is read; `shown` changes with what there is to see. Quietly nobody is told. */
export function useReading(chat: AgentChat, isQuiet: boolean, shown: readonly unknown[]): void {
  useEffect(() => {
    if (isQuiet) return
    const read = () => document.visibilityState === 'visible' && chat.read()
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [chat, isQuiet, ...shown])
}
