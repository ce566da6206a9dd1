import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], timeoutMs: number, workers: number) => ({
  test: { name, include, testTimeout: timeoutMs, hookTimeout: timeoutMs, pool: 'forks' as const, maxWorkers: workers },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['{src,clients,sandbox,stores,launch,test/runner}/**/*.test.{ts,tsx}'], 20_000, 2),
      project('conformance', ['test/conformance/**/*.test.ts'], 60_000, 2),
      project('integration', ['test/integration/**/*.test.ts'], 60_000, 2),
      project('browser', ['test/browser/**/*.test.ts'], 180_000, 1),
      project('faults', ['test/faults/**/*.test.ts'], 1_800_000, 1),
      project('fresh', ['test/fresh/**/*.test.ts'], 300_000, 1),
    ],
  },
})
