import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import ts from 'typescript'
import { spellOut } from './spell-out.ts'

const root = join(import.meta.dirname, '..', '..')

/** Writes what `entry` exports as types into one file that needs none of this repository. `others`: packages by their entries. */
export async function buildTypes(entry: string, file: string, others: ReadonlyMap<string, string>): Promise<void> {
  // Below the root, so that what is not ours is found from there.
  await mkdir(join(root, 'dist'), { recursive: true })
  const folder = await mkdtemp(join(root, 'dist', 'types-'))
  try {
    emit(entry, folder)
    const declared = (source: string) => join(folder, relative(root, source)).replace(/\.tsx?$/, '.d.ts')
    const names = new Map([...others].map(([source, name]) => [declared(source), name]))
    const bundle = await rolldown({
      input: { index: declared(entry) },
      external: (id) => !id.startsWith('.') && !id.startsWith(sep),
      plugins: [asPackages(names), dts({ dtsOnly: true, tsconfig: false })],
    })
    await bundle.write({ dir: dirname(file), entryFileNames: '[name].ts' })
  } finally {
    await rm(folder, { recursive: true })
  }
}

function emit(entry: string, outDir: string): void {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  )
  const program = ts.createProgram([entry], {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir, rootDir: root },
    rewriteRelativeImportExtensions: true,
  })
  // The sources are checked elsewhere; here it counts that all of their types could be written down.
  const { diagnostics } = program.emit(undefined, undefined, undefined, true, {
    afterDeclarations: [spellOut(program.getTypeChecker())],
  })
  const problems = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

const asPackages = (names: ReadonlyMap<string, string>) => ({
  name: 'as-packages',
  resolveId(source: string, importer: string | undefined) {
    if (!importer || !source.startsWith('.')) return null
    const name = names.get(join(dirname(importer), source).replace(/\.(js|ts|tsx)$/, '.d.ts'))
    return name ? { id: name, external: true } : null
  },
})
