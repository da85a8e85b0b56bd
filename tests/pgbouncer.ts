/** `npm run test:pgbouncer`: the database's and the server's tests on PostgreSQL, through PgBouncer in transaction mode. */
import { hasPgbouncer } from './setup/pgbouncer.ts'
import { program, runSteps } from './steps.ts'

const vitest = ['run', '--config', 'tests/vitest.config.ts', '--project', 'postgresql']

async function run(): Promise<number> {
  if (!hasPgbouncer()) {
    console.error('This needs PgBouncer: apt-get install pgbouncer')
    return 1
  }
  const command: [string, ...string[]] = [program('vitest'), ...vitest, ...process.argv.slice(2)]
  return runSteps([{ name: 'through PgBouncer', command, env: () => ({ HOMEROOM_TEST_POOLER: 'pgbouncer' }) }])
}
process.exitCode = await run()
