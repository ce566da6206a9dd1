import { DeviceEventEmitter } from 'react-native'

/** How native code speaks to React Native. */
export const tell = (event: string, about: unknown): void => void DeviceEventEmitter.emit(event, about)

/** React Native's native modules say who listens; nobody here wants to know. */
export const listened = { addListener() {}, removeListeners() {} }
