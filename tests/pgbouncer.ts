/** `npm run test:pgbouncer`: the database's and the server's tests on PostgreSQL, through PgBouncer in transaction mode. */
import { spawnSync } from 'node:child_process'
import { hasPgbouncer } from './setup/pgbouncer.ts'

const vitest = ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', 'postgresql']

function run(): number {
  if (!hasPgbouncer()) {
    console.error('This needs PgBouncer: apt-get install pgbouncer')
    return 1
  }
  const env = { ...process.env, HOMEROOM_TEST_POOLER: 'pgbouncer' }
  return spawnSync('npx', [...vitest, ...process.argv.slice(2)], { stdio: 'inherit', env }).status ?? 1
}
process.exitCode = run()
