import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildPackage, type PackageName } from '../../clients/pack/build-package.ts'

const execute = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc')

/** A project somewhere else, as somebody has it who installs our packages: a copy of `from`, and the tarballs in it. */
export async function aProject({ from, packages }: { from: string; packages: readonly PackageName[] }) {
  const folder = await mkdtemp(join(tmpdir(), 'project-'))
  await cp(join(root, from), folder, { recursive: true })
  // What is known of this repository by the environment is not known there.
  const bare = { ...process.env, NODE_ENV: undefined, VITEST: undefined, NODE_OPTIONS: undefined }
  const runWith = async (env: Record<string, string>, command: string, ...args: string[]) =>
    (await execute(command, args, { cwd: folder, env: { ...bare, ...env }, maxBuffer: 1e8, timeout: 300_000 })).stdout
  const run = (command: string, ...args: string[]) => runWith({}, command, ...args)
  const tarballs: string[] = []
  for (const name of packages) {
    const built = join(folder, 'packed', name)
    await buildPackage(name, built)
    const [packed] = JSON.parse(await run('npm', 'pack', built, '--json', '--pack-destination', folder))
    tarballs.push(join(folder, packed.filename))
  }
  await withTarballs(join(folder, 'package.json'), packages, tarballs)
  await run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error')
  return {
    folder,
    run,
    runWith,
    /** What the compiler says about the whole project, or about what `config` names; empty: nothing. */
    check: (config = '.') =>
      run(process.execPath, tsc, '-p', config).catch((error: { stdout: string }) => error.stdout),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export type Project = Awaited<ReturnType<typeof aProject>>

/** In place of the versions that a registry would be asked for. */
async function withTarballs(file: string, packages: readonly string[], tarballs: readonly string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  const own = Object.fromEntries(packages.map((name, index) => [`@deskbridge/${name}`, `file:${tarballs[index]}`]))
  await writeFile(file, JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...own } }))
}
