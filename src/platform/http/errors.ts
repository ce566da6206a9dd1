import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Logger } from '../log-output.ts'

/** Every failed request answers `{error: {code, message, details?}}`; what we did not foresee is logged and tells nothing. */
export const onError = (logger: Logger) => (error: Error, c: Context) => {
  const known = knownError(error)
  if (known.code === 'internal' || known.code === 'unavailable') {
    logger.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
  }
  if (known.retryAfterMs !== undefined) c.header('retry-after', String(Math.ceil(known.retryAfterMs / 1_000)))
  return c.json({ error: known.toBody() }, known.status)
}

function knownError(error: Error): DeskbridgeError {
  if (error instanceof DeskbridgeError) return error
  if (error instanceof HTTPException && error.status === 413) return new DeskbridgeError('body_too_large')
  return new DeskbridgeError('internal', { cause: error })
}
