import { parseArgs } from 'node:util'
import type { Connection } from 'mongoose'
import { createKeys } from './access/keys/keys.ts'
import { keyModel } from './access/keys/stored.ts'
import { createInboxes, inboxModel } from './chat/inboxes/inboxes.ts'
import { CreateKey, type ShownKey } from './contract/key.ts'
import { parseInput } from './contract/parse.ts'
import type { Now } from './platform/clock.ts'
import { createIds } from './platform/ids.ts'
import { createIndexes } from './platform/mongo.ts'

export const keyUsage = `  key add --name NAME --scope SCOPE… [--inbox KEY…] [--expires TIME]
                               makes an API key for another system, printed once: docs/keys.md
  key list                     lists the keys
  key revoke ID                takes one back, for good, within two seconds`

interface Deps {
  connection: Connection
  now: Now
  print(line: string): void
}

/** Whether the command was understood. Throws the errors of the API. */
export async function keyCommand(args: readonly string[], deps: Deps): Promise<boolean> {
  const given = parsed(args)
  const [verb, id] = given?.positionals ?? []
  if (!given || !(verb === 'add' || verb === 'list' || (verb === 'revoke' && id))) return false
  const keys = await openKeys(deps)
  if (verb === 'list') for (const key of await keys.list()) deps.print(lineOf(key, deps.now()))
  if (verb === 'add') await add(keys, given.values, deps)
  if (verb === 'revoke' && id) {
    await keys.revoke(id)
    deps.print(`${id}: revoked`)
  }
  return true
}

interface Values {
  name?: string | undefined
  scope?: string[] | undefined
  inbox?: string[] | undefined
  expires?: string | undefined
}

function parsed(args: readonly string[]): { values: Values; positionals: string[] } | null {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true } as const
  const options = { name: text, scope: texts, inbox: texts, expires: text }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return null
  }
}

async function openKeys({ connection, now }: Deps) {
  await createIndexes(connection, [keyModel, inboxModel])
  // Running processes look at the store themselves.
  return createKeys({ connection, ids: createIds(), changed: () => {}, now })
}

async function add(
  keys: ReturnType<typeof createKeys>,
  { name, scope: scopes, inbox: inboxes, expires: expiresAt }: Values,
  { connection, now, print }: Deps,
): Promise<void> {
  const wanted = parseInput(CreateKey, { name, scopes, inboxes, expiresAt })
  const known = createInboxes({ connection, now })
  for (const inbox of wanted.inboxes) await known.get(inbox)
  const { id, key } = await keys.create(wanted, { kind: 'command', id: 'key', name: null })
  print(`${id}: ${key}`)
}

const lineOf = ({ id, prefix, name, scopes, inboxes, lastUsedAt, ...key }: ShownKey, now: number): string =>
  [
    id,
    `${prefix}…`,
    stateOf(key, now),
    scopes.join(','),
    inboxes.join(',') || '*',
    lastUsedAt ?? 'never used',
    name,
  ].join('\t')

function stateOf({ revokedAt, expiresAt }: Pick<ShownKey, 'revokedAt' | 'expiresAt'>, now: number): string {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
