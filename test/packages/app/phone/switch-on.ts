/**
 * What is below React Native on a device, so that all of it above runs as it does there: its own fetch, FormData,
 * XMLHttpRequest, WebSocket and AppState. Jest's preset has neither a network nor a foreground.
 */
import { jest } from '@jest/globals'
import { appState } from './app-state'
import { blobModule, fileReader } from './blobs'
import { networking } from './network'
import { webSockets } from './sockets'
import { asyncStorage } from './storage'

const modules: Record<string, object> = {
  AppState: appState,
  BlobModule: blobModule,
  FileReaderModule: fileReader,
  Networking: networking,
  RNCAsyncStorage: asyncStorage,
  WebSocketModule: webSockets,
}

// React Native asks here first, and then the preset.
Object.assign(globalThis, { __turboModuleProxy: (name: string) => modules[name] })
jest.unmock('react-native/Libraries/AppState/AppState')
// What an app has as globals before its first line runs.
// biome-ignore lint/suspicious/noReactNativeDeepImports: React Native does it by itself, which the preset leaves out
require('react-native/Libraries/Core/setUpXHR')
