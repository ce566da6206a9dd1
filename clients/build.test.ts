import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildClients } from './build.ts'

let folder: string
let sizes: Record<string, number>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clients-'))
  sizes = await buildClients(folder)
})
afterAll(() => rm(folder, { recursive: true }))

it.each([
  ['loader.js', 2_500],
  ['host.js', 3_500],
  ['app.js', 30_000],
  ['seldom.js', 10_000],
  ['language.js', 2_500],
  ['app.css', 5_000],
  ['sidebar.js', 33_000],
  ['sidebar.css', 3_000],
  ['docs.js', 500],
  ['console.js', 95_000],
  ['console-seldom.js', 40_000],
  ['preview.js', 25_000],
  ['console.css', 12_000],
])('keeps %s under %i bytes of gzip', (name, most) => {
  expect(sizes[name]).toBeLessThanOrEqual(most)
})
