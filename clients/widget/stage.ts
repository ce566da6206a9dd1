import type { ShownInbox } from '../../src/contract/inbox.ts'
import type { Launcher } from './loader/launcher.ts'

/** What the loader leaves to `host.js`, which comes once there is more than a button to show. */
export interface Stage {
  /** Where the loader came from, with a slash at its end. */
  base: string
  inbox: string
  /** What the site asks for. */
  language: string | undefined
  /** Whether the page's title tells of new messages. */
  saysInTitle: boolean
  launcher: Launcher
  /** The one element in the page. */
  host: HTMLElement
  sheets: ShadowRoot
  shown: Partial<Pick<ShownInbox, 'look' | 'greeting'>>
}

/** One `Deskbridge(…)`. */
export type Call = ArrayLike<unknown>

export interface Host {
  start(stage: Stage): (call: Call) => void
}
