import { defineConfig } from 'vitest/config'

const project = (name: string) => ({
  extends: true as const,
  test: {
    name,
    env: { HOMEROOM_TEST_DATABASE: name },
    setupFiles: ['tests/setup/each-file.ts'],
  },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['tests/{db,server,regressions}/**/*.test.ts'],
    globalSetup: ['tests/setup/once.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['server/**', 'db/**'],
      reporter: ['text-summary'],
      reportsDirectory: 'coverage',
    },
    projects: [project('sqlite'), project('postgresql')],
  },
})
