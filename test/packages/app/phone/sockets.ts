import { hasNetwork, whenCut } from './line'
import { listened, tell } from './tell'

/** Before React Native puts its own in its place. */
const NativeSocket = globalThis.WebSocket
const open = new Map<number, InstanceType<typeof NativeSocket>>()

export const webSockets = {
  ...listened,
  connect(url: string, _protocols: null, _options: object, id: number) {
    const socket = new NativeSocket(url)
    open.set(id, socket)
    const end = (event: 'websocketClosed' | 'websocketFailed', about: object) => {
      if (!open.delete(id)) return
      takeBack()
      socket.close()
      tell(event, { id, ...about })
    }
    const fail = () => end('websocketFailed', { message: 'The network connection was lost.' })
    const takeBack = whenCut(fail)
    socket.onopen = () => tell('websocketOpen', { id, protocol: '' })
    socket.onmessage = ({ data }) => open.has(id) && tell('websocketMessage', { id, type: 'text', data })
    socket.onerror = fail
    socket.onclose = ({ code, reason }) => end('websocketClosed', { code, reason })
    if (!hasNetwork()) setTimeout(fail, 0)
  },
  send: (message: string, id: number) => open.get(id)?.send(message),
  close: (code: number, reason: string, id: number) => open.get(id)?.close(code, reason),
}
