import { defineConfig } from 'vitest/config'
import { withMutant } from './test/mutants/vite-plugin.ts'

const project = (name: string, include: string[], timeoutMs: number, workers: number, more: object = {}) => ({
  plugins: [withMutant()],
  test: {
    name,
    include,
    fsModuleCache: false,
    testTimeout: timeoutMs,
    // A machine that stands still for a second is no finding.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: timeoutMs,
    pool: 'forks' as const,
    maxWorkers: workers,
    ...more,
  },
})

/** Whose remotes nock is, which stands in for the network of the whole process. */
const ofConnectors = ['test/integration/{slack,zendesk}/**/*.test.ts']

export default defineConfig({
  test: {
    // A mutant must neither be missed for a module that is kept, nor be kept for those who come after it.
    fsModuleCache: false,
    projects: [
      project(
        'unit',
        ['{src,apps,bench,clients,sandbox,stores,launch,test/runner}/**/*.test.{ts,tsx}', 'test/mutants/edits.test.ts'],
        60_000,
        2,
      ),
      project('conformance', ['test/conformance/**/*.test.ts'], 60_000, 2),
      project('model', ['test/model/**/*.test.ts'], 600_000, 1),
      // All of them load the whole service, and none changes what is loaded.
      project('integration', ['test/integration/**/*.test.ts'], 180_000, 2, {
        isolate: false,
        exclude: ofConnectors,
      }),
      project('connectors', ofConnectors, 180_000, 2),
      project('browser', ['test/browser/**/*.test.ts'], 180_000, 1),
      project('packages', ['test/packages/**/*.test.ts'], 600_000, 1),
      project('faults', ['test/faults/**/*.test.ts'], 1_800_000, 1),
      project('chaos', ['test/chaos/**/*.test.ts'], 1_800_000, 1),
      project('mutants', ['test/mutants/caught.test.ts'], 600_000, 1),
      project('fresh', ['test/fresh/**/*.test.ts'], 1_200_000, 1),
    ],
  },
})
