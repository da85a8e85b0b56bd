import { defineConfig } from 'vitest/config'
import { serverDateTests } from './date-tests.ts'
import { Order } from './setup/order.ts'
import { workers } from './setup/workers.ts'
import { testsInFullAlone, testsOnOneDatabase } from './thorough.ts'

const folders = process.env.HOMEROOM_TESTS ?? '{db,server,regressions}'

/** The check runs them on SQLite at another date, and here on PostgreSQL alone. */
const elsewhere = process.env.HOMEROOM_TESTS_OF_DATES === 'elsewhere' ? serverDateTests() : []

/** They ask no database, though what they prove lies in db/. */
const ofFiles = [
  'tests/db/lint/**/*.test.ts',
  'tests/db/{kept-values,kit-command,mend-required,migration-files,rename-answers,snapshot,wall-clock}.test.ts',
]

/** The same tests once on each database. */
const onDatabase = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${folders}/**/*.test.ts`],
    // What concerns one database alone says so in its file's name.
    exclude: [
      ...ofFiles,
      ...testsInFullAlone(),
      ...(name === 'sqlite'
        ? ['**/*.postgresql.test.ts', ...elsewhere]
        : ['**/*.sqlite.test.ts', ...testsOnOneDatabase()]),
    ],
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
    maxWorkers: workers,
    sequence: { sequencer: Order },
    // They only end what hangs: how long a test takes depends on what else the machine does.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 600_000 } },
    coverage: {
      provider: 'v8',
      include: ['{server,db}/**/*.{ts,mjs}'],
      reporter: ['text-summary'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/*.test.ts', 'tests/{client,contract,deploy,report,workflows}/**/*.test.ts', ...ofFiles],
          exclude: testsInFullAlone(),
        },
      },
      onDatabase('sqlite'),
      onDatabase('postgresql'),
    ],
  },
})
