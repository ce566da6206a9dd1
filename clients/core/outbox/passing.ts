import type { ErrorBody, ErrorCode } from '../../../src/contract/errors.ts'

const passing = new Set<ErrorCode>([
  'rate_limited',
  'unavailable',
  'server_full',
  'in_progress',
  'internal',
  'not_joined',
])

/** Whether what was refused is to be asked again as it is: the reason passes by itself. */
export const passes = ({ code }: Pick<ErrorBody, 'code'>): boolean => passing.has(code)
