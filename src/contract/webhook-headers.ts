import { z } from 'zod'

/** What a call says itself, or what the connection is made of; nobody's header takes its place. */
const ours: ReadonlySet<string> = new Set([
  ...['host', 'content-type', 'content-length', 'content-encoding', 'user-agent', 'accept-encoding', 'date', 'expect'],
  ...['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings'],
  ...['__proto__'],
])
export const isOurs = (name: string): boolean =>
  ours.has(name) || name.startsWith('webhook-') || name.startsWith('proxy-') || name.startsWith(':')

const mostHeaders = 20

const Name = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of a header')
  .transform((name) => name.toLowerCase())
  .refine((name) => !isOurs(name), { error: 'is set by the call itself' })

const Value = z
  .string()
  .max(2_000)
  .regex(/^[\x20-\x7e\t]*$/, 'must be ASCII on one line')

const Pair = z.object({ name: Name, value: Value })

/** Headers that an endpoint wants with each call, such as `authorization`. Names come out in small letters, each once. */
export const EndpointHeaders = z
  .array(Pair)
  .max(mostHeaders)
  .refine((pairs) => new Set(pairs.map(({ name }) => name)).size === pairs.length, {
    error: 'must have each name once',
  })
  .brand<'EndpointHeaders'>()
export type EndpointHeaders = z.infer<typeof EndpointHeaders>
