import type { Hono } from 'hono'
import type { LogEvent } from '../contract/event.ts'

/** Something that a part of the chat does every so often. */
export interface Sweep {
  name: string
  everyMs: number
  run(): Promise<unknown>
}

/** What a folder of the chat adds: its routes, and what it does by itself. */
export interface ChatPart {
  mount?(app: Hono): void
  /** In one process of all. */
  sweeps?: readonly Sweep[]
  /** On each node, for its own readers. */
  onEachNode?: readonly Sweep[]
  /** A doorbell: an event was committed by this node. What is lost here a sweep makes up for. */
  heard?(event: LogEvent): void
  /** Waits for what this node has under way, and begins nothing more. */
  stop?(): Promise<void>
  /** Lets go of what its sweeps hold, once they have ended. */
  close?(): Promise<void>
}
