import { build } from 'esbuild'

/** A page's script or style, as browsers take it. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
  return outputFiles[0]?.text ?? ''
}
