/** @jsxImportSource react */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ActivityIndicator } from 'react-native'
import { type ChatClient, createDeskbridge, createSocketTransport, oneTab, type Visitor } from '../core/index.ts'
import { LiveChatProvider } from '../react/hooks/provider.tsx'
import { type AsyncStore, openAsyncStorage } from './async-storage.ts'
import { createPausable, type Pausable } from './pausable.ts'
import { useBackground } from './use-background.ts'

export interface MobileChatProviderProps {
  /** Where the service is, such as `https://chat.example.com`. */
  url: string
  /** `default`, unless it is said. */
  inbox?: string
  visitor?: Visitor
  /** Keeps the chat, and what was not sent yet, while the app is not running. */
  storage: AsyncStore
  /** How long the line is kept while the app is in the background. ms */
  backgroundAfterMs?: number
  /** While the storage is read, which takes milliseconds. */
  loading?: ReactNode
  children?: ReactNode
}

interface Opened {
  client: ChatClient
  pausable: Pausable
}

/** The chat that everything below it is about. */
export function MobileChatProvider(props: MobileChatProviderProps): ReactNode {
  const { backgroundAfterMs = 20_000, loading = <ActivityIndicator />, children } = props
  const opened = useOpened(props)
  useBackground(opened?.pausable ?? null, backgroundAfterMs)
  return opened ? <LiveChatProvider client={opened.client}>{children}</LiveChatProvider> : loading
}

function useOpened(props: MobileChatProviderProps): Opened | null {
  const { url, inbox = 'default', storage } = props
  const [opened, setOpened] = useState<Opened | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    let isOver = false
    let client: ChatClient | null = null
    void openAsyncStorage(storage, 'deskbridge:').then((kept) => {
      if (isOver) return
      const pausable = createPausable(createSocketTransport(url))
      client = createDeskbridge({
        ...{ url, inbox, storage: kept, tabs: oneTab, channel: 'mobile', transport: pausable.transport },
        visitor: () => latest.current.visitor ?? {},
      })
      setOpened({ client, pausable })
    })
    return () => {
      isOver = true
      client?.stop()
    }
  }, [url, inbox, storage])

  const identityToken = props.visitor?.identityToken
  useEffect(() => {
    if (identityToken !== undefined) opened?.client.identify(identityToken)
  }, [opened, identityToken])
  return opened
}
