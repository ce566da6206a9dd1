/** @jsxImportSource react */
import { LiveChat, LiveChatProvider, useConnection, useUnread } from '@deskbridge/react'
import { useState } from 'react'

/** A shop's page. What is around the chat is the shop's own, and knows of the chat by hooks. */
export function Shop({ url }: { url: string }) {
  return (
    <LiveChatProvider url={url} visitor={{ name: 'Ana', attributes: { basket: 2 } }}>
      <main>
        <h1>Boots and more</h1>
        <p>Two pairs are in your basket.</p>
        <Help />
      </main>
    </LiveChatProvider>
  )
}

function Help() {
  const [isOpen, setOpen] = useState(false)
  const unread = useUnread()
  const connection = useConnection()
  return (
    <>
      <button type="button" className="ask" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {unread > 0 ? `Help (${unread} new)` : 'Help'}
      </button>
      {connection === 'offline' && <p>The chat has no connection.</p>}
      {isOpen && (
        <div className="help">
          <LiveChat texts={{ title: 'Ask the shop' }} />
        </div>
      )}
    </>
  )
}
