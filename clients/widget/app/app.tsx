import { useEffect, useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../core/client.ts'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import { Messages } from './messages.tsx'

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
  useEffect(() => {
    if (document.visibilityState === 'visible') client.read()
  }, [client, state.conversation.messages.length])

  const isClosed = state.conversation.status === 'closed'
  return (
    <main class="chat">
      <Header state={state} onEnd={() => void client.close()} onHide={onHide} />
      <Messages state={state} onRetry={client.retry} onDiscard={client.discard} />
      {notice && (
        <p class="closed" role="status">
          {notice}
        </p>
      )}
      {isClosed && (
        <p class="closed" role="status">
          This chat has ended. Write again to reopen it.
        </p>
      )}
      <Composer onSend={client.send} onTyping={client.typing} />
    </main>
  )
}
