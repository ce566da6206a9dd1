import type { Entry, Message } from '../../core/index.ts'
import type { Say } from './texts.ts'

export const nameOf = ({ senderType, senderName }: Message, say: Say): string =>
  senderType === 'bot' ? say('bot', { name: senderName ?? '' }) : (senderName ?? '')

/** As it is read out. */
export const saidBy = (message: Message, say: Say): string =>
  [nameOf(message, say), message.content || message.file?.name].filter(Boolean).join(': ')

export const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

export type Waiting = Exclude<Entry, { kind: 'stored' }>

/** Why the service will not take it; null: it is on its way. */
export const reasonOf = (entry: Waiting): string | null =>
  (entry.kind === 'upload' ? entry.upload : entry.pending).failed?.message ?? null

export const textOf = (entry: Waiting): string =>
  entry.kind === 'upload' ? entry.upload.name : entry.pending.content || (entry.pending.file?.name ?? '')

export function progressOf(entry: Waiting, say: Say): string {
  const reason = reasonOf(entry)
  if (reason !== null) return say('notSent', { reason })
  return entry.kind === 'upload' ? say('uploading', { percent: Math.round(entry.upload.part * 100) }) : say('sending')
}

const minuteMs = 60_000

export const placeOf = ({ position, waitMs }: { position: number; waitMs: number | null }, say: Say): string =>
  waitMs === null
    ? say('place', { position })
    : say('placeAndWait', { position, minutes: Math.max(1, Math.ceil(waitMs / minuteMs)) })
