import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { startPostgres } from '../setup/postgres.ts'
const run = (file: string, url: string, ...args: string[]) => execFileSync(process.execPath, ['--import', 'tsx', file, ...args], { stdio: 'inherit', cwd: '/work/main', env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url } })
const folder = mkdtempSync('/tmp/tt-bench-')
const which = process.argv[2]
const server = which === 'sqlite' ? undefined : await startPostgres('fsync=on', 'full_page_writes=on', 'synchronous_commit=on')
try {
  for (const [name, url] of [['SQLite', `file:${folder}/b.db`], ['PostgreSQL', server?.url ?? '']]) {
    if (!url) continue
    console.log(name)
    run('db/migrate-command.ts', url)
    run('tests/bench/timetable.ts', url)
    if (process.argv[3]) run(process.argv[3], url)
  }
} finally { await server?.stop(); rmSync(folder, { recursive: true, force: true }) }
