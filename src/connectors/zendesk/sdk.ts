import zendesk from 'node-zendesk'
import { z } from 'zod'
import type { Authorization } from './authorization.ts'
import { createTransport } from './transport.ts'

/** Ids may pass 2^53 one day; they are kept as text. */
export const Id = z.union([z.number(), z.string()]).transform(String)

/** Where the next page of a list begins. */
export const Meta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional()
export const nextOf = (meta: z.infer<typeof Meta>): string | null =>
  meta?.has_more ? (meta.after_cursor ?? null) : null

/** The query of a page of a list; of the first for `null`. */
export const pageFrom = (cursor: string | null): string =>
  cursor === null ? 'page[size]=100' : `page[size]=100&page[after]=${encodeURIComponent(cursor)}`

/** A page of a list, as parsed. */
interface Page<Item> {
  items: Item[]
  next: string | null
}

/** All of a list, whose page after a cursor `read` answers. */
export async function allPages<Item>(read: (query: string) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = []
  for (let cursor: string | null = null; ; ) {
    const page: Page<Item> = await read(pageFrom(cursor))
    all.push(...page.items)
    cursor = page.next
    if (cursor === null) return all
  }
}

/** The only file that calls Zendesk: the SDK on one transport. */
export function createZendeskSdk(options: { url: string; authorization: Authorization; timeoutMs: number }) {
  const { config, ...transport } = createTransport(options)
  const client = zendesk.createClient({
    endpointUri: new URL('/api/v2', options.url).href,
    // The transport sets the real header; the SDK wants some token to begin with.
    oauth: true,
    token: 'set-by-the-transport',
    throwOriginalException: true,
    transportConfig: config,
  })
  const at = (path: string) => new URL(path, options.url).href
  return { client, at, ...transport }
}

export type ZendeskSdk = ReturnType<typeof createZendeskSdk>
