import type { Context } from 'hono'
import { DeskbridgeError } from '../../contract/errors.ts'
import { isSigned } from './sdk.ts'

/** The body of a request that Slack signed just now. Null: it only probes the address. Throws `wrong_signature`. */
export async function signedBody(
  { signingSecret, now }: { signingSecret: string; now(): number },
  c: Context,
): Promise<string | null> {
  const text = await c.req.text()
  if (isCertificateCheck(c, text)) return null
  if (!isSigned(signingSecret, text, c.req.raw.headers, now())) throw new DeskbridgeError('wrong_signature')
  return text
}

/** Slack probes the address so, without a signature; the answer says nothing and does nothing. */
const isCertificateCheck = (c: Context, text: string): boolean =>
  (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded') &&
  new URLSearchParams(text).get('ssl_check') === '1'
