import type { Hono } from 'hono'

/** Something that a part of the chat does every so often, in one process of all. */
export interface Sweep {
  name: string
  everyMs: number
  run(): Promise<unknown>
}

/** What a folder of the chat adds: its routes, and what it does by itself. */
export interface ChatPart {
  mount?(app: Hono): void
  sweeps?: readonly Sweep[]
}
