/** Builds what `npm publish` takes, into `dist/packages`. */
import { join } from 'node:path'
import { buildPackage, type PackageName, packages } from './build-package.ts'

for (const name of Object.keys(packages) as PackageName[]) {
  await buildPackage(name, join(import.meta.dirname, '..', '..', 'dist', 'packages', name))
  console.log(`dist/packages/${name}`)
}
