import { EventKey } from './ids.ts'

/** A text that was written elsewhere may take several messages, from 0, each under a key of its own. */
export const partKey = (key: EventKey, index: number): EventKey =>
  index === 0 ? key : EventKey.parse(`${key}:${index + 1}`)

/** Where a message goes on that was made a note. */
export const noteKey = (key: EventKey): EventKey => EventKey.parse(`${key}:note`)

/** Where a note was sent to the customer. */
export const sentKey = (key: EventKey): EventKey => EventKey.parse(`${key}:sent`)

/** Of what was sent along with it, from 0. */
export const fileKey = (key: EventKey, index: number): EventKey => EventKey.parse(`${key}:file:${index + 1}`)
