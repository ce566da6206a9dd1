/** What the host page's loader and the chat's frame say to each other, and nothing else. */

/** From the host page. What stands in `facts` is the site's own and not looked at yet. */
export type ToFrame =
  | { deskbridge: 'shown'; isShown: boolean }
  | { deskbridge: 'page'; page: string }
  | { deskbridge: 'identify'; token: string }
  | { deskbridge: 'update'; facts: unknown }
  | { deskbridge: 'language'; language: string }
  /** The visitor has left the site's account: nothing of theirs stays in this browser. */
  | { deskbridge: 'forget' }

/** One message of the chat, as a site hears of it. */
export interface HeardMessage {
  id: string
  sessionId: string
  from: 'visitor' | 'agent' | 'bot'
  name: string | null
  text: string
}

/** From the frame. */
export type ToHost =
  /** It listens now. */
  | { deskbridge: 'ready' }
  /** What stands at the button, in the visitor's language. `news`: for who cannot see the badge. */
  | { deskbridge: 'labels'; button: string; frame: string; news: string }
  | { deskbridge: 'unread'; count: number }
  | { deskbridge: 'hide' }
  /** In place of the page's title; null: its own again. */
  | { deskbridge: 'title'; title: string | null }
  | { deskbridge: 'session'; sessionId: string | null }
  | { deskbridge: 'message'; message: HeardMessage }

/** Takes what comes from that window and that site alone. */
export const hear = <Message extends ToFrame | ToHost>(
  from: () => Window | null | undefined,
  origin: string,
  take: (message: Message) => void,
): void =>
  addEventListener('message', (event) => {
    if (event.source && event.source === from() && event.origin === origin && Object(event.data).deskbridge)
      take(event.data)
  })
