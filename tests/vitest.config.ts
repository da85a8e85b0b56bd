import { defineConfig } from 'vitest/config'
import { Order } from './setup/order.ts'

const folders = process.env.HOMEROOM_TESTS ?? '{db,server,regressions}'

/** The same tests once on each database. */
const onDatabase = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${folders}/**/*.test.ts`],
    // What concerns one database alone says so in its file's name.
    exclude: [`**/*.${name === 'sqlite' ? 'postgresql' : 'sqlite'}.test.ts`],
    env: { HOMEROOM_TEST_DATABASE: name },
    globalSetup: ['tests/setup/once.ts'],
    // A file finds its worker's packages loaded, and loads all of ours anew: each-file.ts forgets them.
    isolate: false,
    setupFiles: ['tests/setup/each-file.ts'],
  },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    pool: 'threads',
    maxWorkers: 2,
    sequence: { sequencer: Order },
    // They only end what hangs: how long a test takes depends on what else the machine does.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 600_000 } },
    coverage: {
      provider: 'v8',
      include: ['server/**', 'db/**'],
      reporter: ['text-summary'],
      reportsDirectory: 'coverage',
    },
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/*.test.ts', 'tests/client/**/*.test.ts'] } },
      onDatabase('sqlite'),
      onDatabase('postgresql'),
    ],
  },
})
