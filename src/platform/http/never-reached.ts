/** Codes of network errors that say that nobody was reached, so that nothing can have happened there. */
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether a failed request certainly had no effect. The code stands somewhere along the error's causes. */
export function neverReached(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if ('code' in error && typeof error.code === 'string' && unreached.has(error.code)) return true
  const below = [
    ...('original' in error ? [error.original] : []),
    ...('cause' in error ? [error.cause] : []),
    ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
  ]
  return below.some(neverReached)
}
