import { useEffect, useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../core/client.ts'
import { Conversation } from './conversation/conversation.tsx'
import { Header } from './header.tsx'
import type { Asked } from './start/screen.ts'
import { Start } from './start/start.tsx'
import type { Visitor } from './start/visitor.ts'

interface AppProps {
  client: ChatClient
  asked: Asked
  visitor: Visitor
  notice: string | null
  /** Null: the chat is a page of its own. */
  onHide: (() => void) | null
}

export function App({ client, asked, visitor, notice, onHide }: AppProps) {
  const [state, setState] = useState<ChatState>(client.state)
  useEffect(() => {
    setState(client.state())
    return client.subscribe(setState)
  }, [client])
  return (
    <main class="chat">
      <Header client={client} state={state} isOpen={asked.kind !== 'shown' || asked.inbox.open} onHide={onHide} />
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <Start client={client} state={state} asked={asked} visitor={visitor}>
        <Conversation client={client} state={state} />
      </Start>
    </main>
  )
}
