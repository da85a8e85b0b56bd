/** `npm run bench`: ratios for both databases, each in one run on one machine. Asserts nothing. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../setup/postgres.ts'

const run = (file: string, url: string, ...args: string[]) =>
  execFileSync(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url },
  })

const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-'))
const server = await startPostgres('fsync=on', 'full_page_writes=on', 'synchronous_commit=on')
try {
  for (const [name, url] of [
    ['SQLite', `file:${join(folder, 'bench.db')}`],
    ['PostgreSQL', server.url],
  ] as const) {
    console.log(`\n${name}`)
    run('db/migrate-command.ts', url)
    run('tests/bench/reads.ts', url, ...process.argv.slice(2))
    run('tests/bench/many.ts', url)
    run('tests/bench/waitlist.ts', url)
    run('tests/bench/imports.ts', url)
    run('tests/bench/home.ts', url)
    run('tests/bench/live.ts', url)
    run('tests/bench/history.ts', url)
    run('tests/bench/timetable.ts', url)
    run('tests/bench/flags.ts', url)
    run('tests/bench/requests.ts', url)
    run('tests/bench/costs.ts', url)
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
