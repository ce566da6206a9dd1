import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A test's own folder for what is uploaded. */
export const dataOf = (redisPrefix: string) => join(tmpdir(), `data-${redisPrefix}`)
