import { hear, type ToFrame, type ToHost } from '../messages.ts'

/** The page in which the chat stands; null: it is a page of its own. `origin`: the site that the frame was made for. */
export interface PageHost {
  tell(message: ToHost): void
  hear(take: (message: ToFrame) => void): void
}

export function pageHost(origin: string): PageHost | null {
  if (parent === window) return null
  return {
    tell: (message) => parent.postMessage(message, origin),
    hear: (take) => hear<ToFrame>(() => parent, origin, take),
  }
}
