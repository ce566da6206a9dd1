import { ServerResponse } from 'node:http'
import type { Context } from 'hono'

/** Cuts the connection that a request came on, with whatever waits on it. */
export function hangUp(c: Context): void {
  const outgoing: unknown = c.env?.outgoing
  if (outgoing instanceof ServerResponse) outgoing.destroy()
}
