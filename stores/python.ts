import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StoresError } from './choose.ts'

const run = promisify(execFile)

/** Packages in a folder of their own, with the Python that runs them. */
export interface Python {
  command: string
  env: NodeJS.ProcessEnv
  /** Where the packages are, and the scripts that they bring. */
  packages: string
  scripts: string
}

export interface PythonOptions {
  folder: string
  /** With their versions, by Python's minor version. */
  wanted(minor: number): readonly string[]
  env: NodeJS.ProcessEnv
  say(line: string): void
  /** What is installed, in words, and what can be done without it. */
  what: string
  otherwise: string
}

/** Installs packages from PyPI into `folder`, once, without root. Throws `StoresError` that says what is missing. */
export async function installPython(options: PythonOptions): Promise<Python> {
  const { folder, env, what } = options
  const python = await findPython(options)
  const wanted = options.wanted(python.minor)
  const stamp = join(folder, 'installed')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted.join(' ')) {
    options.say(`installing ${what}, from PyPI`)
    await install(python.command, wanted, options)
    writeFileSync(stamp, wanted.join(' '))
  }
  return locate(folder, python.command, env)
}

async function findPython({ env, what, otherwise }: PythonOptions): Promise<{ command: string; minor: number }> {
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
    `For ${what}, Python 3.10 to 3.13 is needed. ${found} Install one, and start again. ${otherwise}`,
  )
}

async function install(
  python: string,
  wanted: readonly string[],
  { folder, env, what, otherwise }: PythonOptions,
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
      throw new StoresError(`Installing ${what} from PyPI failed: ${reason(error)}\n${otherwise}`)
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

function locate(folder: string, python: string, env: NodeJS.ProcessEnv): Python {
  const venv = join(folder, 'venv')
  if (existsSync(venv))
    return { command: join(venv, 'bin', 'python'), env, packages: sitePackages(venv), scripts: join(venv, 'bin') }
  const packages = join(folder, 'packages')
  return { command: python, env: { ...env, PYTHONPATH: packages }, packages, scripts: join(packages, 'bin') }
}

function sitePackages(venv: string): string {
  const version = readdirSync(join(venv, 'lib')).find((name) => name.startsWith('python3'))
  if (!version) throw new StoresError(`The virtual environment in ${venv} is not complete; remove it and start again.`)
  return join(venv, 'lib', version, 'site-packages')
}
