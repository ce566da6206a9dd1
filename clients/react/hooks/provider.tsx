/** @jsxImportSource react */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { type ChatClient, createDeskbridge, type DeskbridgeOptions } from '../../core/index.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'
import { holdClient } from './held-client.ts'

const Chat = createContext<ChatStore | null>(null)

/** With a `client`, whoever made it also stops it. */
export type LiveChatProviderProps = { children?: ReactNode } & ({ client: ChatClient } | DeskbridgeOptions)

/** The chat that everything below it is about. Another `url` or `inbox` is another chat. */
export function LiveChatProvider(props: LiveChatProviderProps) {
  if ('client' in props) return <WithGiven client={props.client}>{props.children}</WithGiven>
  const { children, ...options } = props
  return (
    <WithOwn key={`${options.url} ${options.inbox}`} options={options}>
      {children}
    </WithOwn>
  )
}

function WithGiven({ client, children }: { client: ChatClient; children: ReactNode }) {
  const store = useMemo(() => createChatStore(client), [client])
  useEffect(() => client.resume(), [client])
  return <Chat.Provider value={store}>{children}</Chat.Provider>
}

function WithOwn({ options, children }: { options: DeskbridgeOptions; children: ReactNode }) {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const [held, setHeld] = useState(() => hold(options, latest))
  const { store } = held
  useEffect(() => {
    if (!held.take()) return setHeld(hold(latest.current, latest))
    store.client.resume()
    return held.letGo
  }, [held, store])

  const identityToken = visitorOf(options)?.identityToken
  useEffect(() => {
    if (identityToken !== undefined) store.client.identify(identityToken)
  }, [store, identityToken])
  return <Chat.Provider value={store}>{children}</Chat.Provider>
}

/** What is known of the visitor when a chat begins is what the page says by then. */
const hold = (options: DeskbridgeOptions, latest: { current: DeskbridgeOptions }) =>
  holdClient(createDeskbridge({ ...options, visitor: () => visitorOf(latest.current) ?? {} }))

const visitorOf = ({ visitor }: DeskbridgeOptions) => (typeof visitor === 'function' ? visitor() : visitor)

export function useStore(): ChatStore {
  const store = useContext(Chat)
  if (!store) throw new Error('There is no <LiveChatProvider> around this component.')
  return store
}
