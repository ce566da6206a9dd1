/** What `@deskbridge/react` offers. */
export type { ChatClient, ChatState, ConnectionState, DeskbridgeOptions, Entry, Message } from '../core/index.ts'
export { LiveChat, type LiveChatProps } from './chat/live-chat.tsx'
export { en, type Texts } from './chat/texts.ts'
export * from './hooks/hooks.ts'
export { LiveChatProvider, type LiveChatProviderProps } from './hooks/provider.tsx'
