import type { StartSessionInput } from '../../src/contract/chat.ts'
import { type ChatClient, createChatClient } from './client.ts'
import { createSocketTransport } from './line/socket-transport.ts'
import type { Transport } from './line/transport.ts'
import { openStorage } from './platform/browser-storage.ts'
import { newId } from './platform/new-id.ts'
import { type Storage, withSpare } from './platform/storage.ts'
import { browserTabs, oneTab, type Tabs } from './visit/tabs.ts'

/** What the page, the app or its backend knows of the visitor. */
export type Visitor = Pick<
  StartSessionInput,
  'name' | 'email' | 'attributes' | 'locale' | 'timeZone' | 'page' | 'referrer' | 'identityToken'
>

export interface DeskbridgeOptions {
  /** Where the service is, such as `https://chat.example.com`. */
  url: string
  /** `default`, unless it is said. */
  inbox?: string
  /** Asked for whenever a chat begins. In a browser, `page` and `referrer` are the page's own unless they are said. */
  visitor?: Visitor | (() => Visitor)
  channel?: StartSessionInput['channel']
  /** Where the chat and what was not sent yet are kept. The browser's, unless it is said; elsewhere they live as long as the process. */
  storage?: Storage
  /** What one tab tells the others. */
  tabs?: Tabs
  transport?: Transport
}

/** A visitor's chat. Nothing is connected before `resume()` finds a chat or the first message begins one. */
export function createDeskbridge(options: DeskbridgeOptions): ChatClient {
  const { inbox = 'default', visitor = {}, channel } = options
  const url = options.url.replace(/\/+$/, '')
  const storageKey = `deskbridge:${inbox}`
  return createChatClient({
    transport: options.transport ?? createSocketTransport(url),
    storage: options.storage ? withSpare(options.storage) : openStorage(),
    storageKey,
    tabs: options.tabs ?? (isPage() ? browserTabs(storageKey) : oneTab),
    about: () => ({
      ...(isPage() && { page: location.href, referrer: document.referrer || undefined }),
      ...(typeof visitor === 'function' ? visitor() : visitor),
      ...(channel && { channel }),
      inboxKey: inbox,
    }),
    newId,
    now: () => Date.now(),
    later: (task, ms) => void setTimeout(task, ms),
  })
}

const isPage = (): boolean => typeof document !== 'undefined' && typeof localStorage !== 'undefined'
