import { parseArgs } from 'node:util'
import { RemoteFailure } from './bridge/port.ts'
import { openZendesk } from './connectors/zendesk/open.ts'
import { hasNeighbours, type Step, setUp, takeDown } from './connectors/zendesk/setup/set-up.ts'
import { DeskbridgeError } from './contract/errors.ts'
import type { Config } from './platform/settings.ts'

export const zendeskUsage = `  zendesk setup [--remove]     makes what the Zendesk account needs (ticket fields, view, webhook), mends what is wrong,
                               says what it did; --remove takes it away again`

type Print = (line: string) => void

/** Answers the exit code. Throws `invalid_input`, `unavailable`. */
export async function zendeskCommand(config: Config, args: readonly string[], print: Print): Promise<number> {
  const { remove } = parsed(args)
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
  return 0
}

function parsed(args: readonly string[]): { remove: boolean } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { remove: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    if (positionals.length === 1 && positionals[0] === 'setup') return values
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
