import { useEffect, useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../core/client.ts'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import { Messages } from './messages.tsx'

export function App({ client, onHide }: { client: ChatClient; onHide(): void }) {
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
      {isClosed && (
        <p class="closed" role="status">
          This chat has ended. Write again to reopen it.
        </p>
      )}
      <Composer onSend={client.send} onTyping={client.typing} />
    </main>
  )
}
