import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createAdminApi } from './config-as-code/admin-api.ts'
import { applyConfig, type Terminal } from './config-as-code/apply-config.ts'
import { exportConfig } from './config-as-code/export-config.ts'
import { sections } from './config-as-code/sections.ts'
import { DeskbridgeError } from './contract/errors.ts'

export const configAsCodeUsage = `  export config [--out FILE]   writes inboxes and canned responses as a file: docs/config-as-code.md
  apply config FILE [--yes] [--prune] [--dry-run]
                               shows how an installation differs from a file, asks, and makes it like that; --prune
                               also takes away what is not in the file. 0: done, or nothing to do; 2: there are
                               differences, and nothing was done; 1: something is wrong
                               both ask a running service: --url URL or PUBLIC_URL, with the key in
                               DESKBRIDGE_API_KEY or DESKBRIDGE_ADMIN_KEY`

type Environment = Readonly<Record<string, string | undefined>>

/** Answers the exit code. Throws `invalid_input` and the errors of the API. */
export async function exportConfigCommand(
  args: readonly string[],
  env: Environment,
  { print }: Pick<Terminal, 'print'>,
): Promise<number> {
  const { positionals, values } = parsed(args, { out: { type: 'string' }, url: { type: 'string' } })
  if (positionals.length > 0) throw noSuchCommand()
  const text = await exportConfig(openApi(values.url, env), sections)
  if (values.out === undefined) {
    print(text.trimEnd())
    return 0
  }
  await writeFile(values.out, text).catch(failedOn(values.out, 'written'))
  print(`✓ wrote ${values.out}`)
  return 0
}

const applyOptions = {
  url: { type: 'string' },
  yes: { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const

/** Answers the exit code: 2 for differences about which nothing was done. Throws `invalid_input` and the errors of the API. */
export async function applyConfigCommand(
  args: readonly string[],
  env: Environment,
  terminal: Terminal,
): Promise<number> {
  const { positionals, values } = parsed(args, applyOptions)
  const { url, yes, prune, 'dry-run': dryRun } = values
  const [config, file, ...rest] = positionals
  if (config !== 'config' || file === undefined || rest.length > 0) throw noSuchCommand()
  const text = await readFile(file, 'utf8').catch(failedOn(file, 'read'))
  const outcome = await applyConfig({ api: openApi(url, env), sections, terminal }, text, { yes, prune, dryRun })
  return outcome === 'shown' ? 2 : 0
}

type Options = Readonly<Record<string, { type: 'string' } | { type: 'boolean'; default: boolean }>>

function parsed<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    throw noSuchCommand()
  }
}

const noSuchCommand = () =>
  new DeskbridgeError('invalid_input', { message: 'There is no such command; see bin/deskbridge.' })

const failedOn = (file: string, done: 'read' | 'written') => (cause: NodeJS.ErrnoException) => {
  throw new DeskbridgeError('invalid_input', { message: `${file} cannot be ${done}: ${cause.code}`, cause })
}

/** The key is no argument, which everybody on the machine could read. */
function openApi(given: string | undefined, env: Environment) {
  const url = given || env.PUBLIC_URL
  const key = env.DESKBRIDGE_API_KEY || env.DESKBRIDGE_ADMIN_KEY
  if (!url || !/^https?:/.test(url) || !URL.canParse(url))
    throw new DeskbridgeError('invalid_input', { message: 'Where the service is: --url https://…, or PUBLIC_URL.' })
  if (!key)
    throw new DeskbridgeError('invalid_input', { message: 'Set DESKBRIDGE_API_KEY to an API key of the scope admin.' })
  return createAdminApi({ url: url.replace(/\/$/, ''), key, wait })
}
