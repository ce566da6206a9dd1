/** What `@deskbridge/react-native` offers. */
export type { ChatClient, ChatState, ConnectionState, Entry, Message, Visitor } from '../core/index.ts'
export { en, type Texts } from '../react/chat/texts.ts'
export * from '../react/hooks/hooks.ts'
export type { AsyncStore } from './async-storage.ts'
export type { Colors } from './chat/look.ts'
export { MobileChat, type MobileChatProps } from './chat/mobile-chat.tsx'
export type { PickedImage } from './picked-image.ts'
export { MobileChatProvider, type MobileChatProviderProps } from './provider.tsx'
