import { useEffect, useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../core/client.ts'
import { Conversation } from './conversation/conversation.tsx'
import { Header } from './header.tsx'

interface AppProps {
  client: ChatClient
  notice: string | null
  /** Null: the chat is a page of its own. */
  onHide: (() => void) | null
}

export function App({ client, notice, onHide }: AppProps) {
  const [state, setState] = useState<ChatState>(client.state)
  useEffect(() => {
    setState(client.state())
    return client.subscribe(setState)
  }, [client])
  return (
    <main class="chat">
      <Header client={client} state={state} onHide={onHide} />
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <Conversation client={client} state={state} />
    </main>
  )
}
