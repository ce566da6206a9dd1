import type { Hono } from 'hono'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import { messageBody } from './message-body.ts'
import type { Entry, Message, Workspace } from './workspace.ts'

/** The event by which Slack tells of an edit or a deletion, whoever made it; null: of nothing that was there. */
export function changeEvent(entry: Entry, before: Message | undefined): Record<string, unknown> | null {
  if ((entry.kind !== 'changed' && entry.kind !== 'deleted') || !before) return null
  const { channel } = entry
  const previous = messageBody(before, true)
  if (entry.kind === 'deleted') {
    const times = { ts: entry.ts, event_ts: entry.ts, deleted_ts: entry.ts }
    return documented('slack/event.message.deleted', { channel, ...times, previous_message: previous })
  }
  const at = entry.at ?? entry.ts
  const now = { ...before, text: entry.text, edited: true, editedAt: at }
  const message = messageBody(now, true)
  const times = { ts: at, event_ts: at }
  return documented('slack/event.message.changed', { channel, ...times, message, previous_message: previous })
}

/** What people do to messages that are there. */
export function mountChanges(app: Hono, workspace: Workspace): void {
  app.put('/sandbox/messages/:channel/:ts', async (c) => {
    const { text } = z.object({ text: z.string().min(1) }).parse(await c.req.json())
    workspace.change(c.req.param('channel'), c.req.param('ts'), { text: typed(text) })
    return c.json({ ok: true })
  })
  /** As its author does, or an administrator of the workspace. */
  app.delete('/sandbox/messages/:channel/:ts', (c) => {
    workspace.remove(c.req.param('channel'), c.req.param('ts'))
    return c.json({ ok: true })
  })
}

/** People's input is escaped by Slack before anybody reads it. */
export const typed = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
