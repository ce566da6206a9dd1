import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { RemoteFailure } from './bridge/port/failure.ts'
import { openZendesk } from './connectors/zendesk/open.ts'
import { isAddressForApps, packageApp } from './connectors/zendesk/setup/package-app.ts'
import { hasNeighbours, type Step, setUp, takeDown } from './connectors/zendesk/setup/set-up.ts'
import { DeskbridgeError } from './contract/errors.ts'
import type { Config } from './platform/settings.ts'

export const zendeskUsage = `  zendesk setup [--remove]     makes what the Zendesk account needs (ticket fields, view, webhook, the app beside tickets),
                               mends what is wrong, says what it did; --remove takes it away again
  zendesk app FILE             writes the app's zip, for an account whose administrator uploads it by hand`

type Print = (line: string) => void

/** Answers the exit code. Throws `invalid_input`, `unavailable`. */
export async function zendeskCommand(config: Config, args: readonly string[], print: Print): Promise<number> {
  const asked = parsed(args)
  if (asked.kind === 'app') await writeApp(config, asked.file, print)
  else await changeAccount(config, asked.remove, print)
  return 0
}

async function changeAccount(config: Config, remove: boolean, print: Print): Promise<void> {
  if (!config.zendesk)
    throw new DeskbridgeError('invalid_input', {
      message: 'Zendesk is not configured: set ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET.',
    })
  const { pieces, setup } = openZendesk(config.zendesk, { ...config, now: Date.now })
  try {
    const steps = remove ? takeDown(pieces, await hasNeighbours(setup)) : setUp(pieces)
    for await (const step of steps) print(lineOf(step))
  } catch (cause) {
    if (!(cause instanceof RemoteFailure)) throw cause
    const message = `${cause.message}. What is done so far stays; \`bin/deskbridge doctor\` says what is wrong.`
    throw new DeskbridgeError('unavailable', { message, cause })
  }
  if (!remove) print('Done. `bin/deskbridge doctor` says whether all of it works.')
}

async function writeApp({ publicUrl }: Config, file: string, print: Print): Promise<void> {
  const address = publicUrl.replace(/\/$/, '')
  if (!isAddressForApps(address))
    throw new DeskbridgeError('invalid_input', {
      message: `Zendesk shows pages over https only, not ${address}: set PUBLIC_URL to an https address.`,
    })
  const { version, zip } = await packageApp(address)
  await writeFile(file, zip).catch((cause: NodeJS.ErrnoException) => {
    throw new DeskbridgeError('invalid_input', { message: `${file} cannot be written: ${cause.code}`, cause })
  })
  print(`✓ wrote ${file}, version ${version}, for ${address}`)
  print('Upload it in Admin Center → Apps and integrations → Zendesk Support apps → Upload private app.')
}

type Asked = { kind: 'setup'; remove: boolean } | { kind: 'app'; file: string }

function parsed(args: readonly string[]): Asked {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { remove: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [command, file, ...rest] = positionals
    if (command === 'setup' && file === undefined) return { kind: 'setup', ...values }
    if (command === 'app' && file !== undefined && rest.length === 0 && !values.remove) return { kind: 'app', file }
  } catch {}
  throw new DeskbridgeError('invalid_input', { message: 'There is no such command; see bin/deskbridge.' })
}

function lineOf({ piece, did, why }: Step): string {
  switch (did) {
    case 'nothing':
      return `· ${piece}: as it should be`
    case 'made':
      return `✓ made ${piece}`
    case 'mended':
      return `✓ mended ${piece}: ${why}`
    case 'removed':
      return `✓ removed ${piece}`
    case 'left':
      return `· left ${piece}: ${why}`
  }
}
