/**
 * `npm run test:rollout [-- sqlite | postgresql]`: ships releases behind HAProxy under load, good, bad and interrupted ones, and prints a
 * table. On PostgreSQL the backup needs its pg_dump: POSTGRES_BIN names a folder with it and the server.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyApp } from '../reliability/app.ts'
import { killDescendants } from '../reliability/processes.ts'
import { missingPrograms } from '../reliability/programs.ts'
import type { Row } from '../reliability/proof.ts'
import { printTable } from '../reliability/table.ts'
import { proveOn } from './proof.ts'

const debian = '/usr/lib/postgresql'
/** The newest that Debian or Ubuntu has installed. */
const installed = () =>
  existsSync(debian)
    ? readdirSync(debian)
        .toSorted((one, two) => Number(two) - Number(one))
        .map((version) => join(debian, version, 'bin'))
        .find((bin) => existsSync(join(bin, 'pg_dump')))
    : undefined
/** Answers why it can't be run. */
function missingFor(database: string): string | undefined {
  if (missingPrograms(['haproxy']).length) return 'apt-get install haproxy'
  if (database === 'sqlite') return undefined
  process.env.POSTGRES_BIN ??= installed() ?? ''
  return existsSync(join(process.env.POSTGRES_BIN, 'pg_dump'))
    ? undefined
    : 'apt-get install postgresql, or POSTGRES_BIN'
}

async function rowsOn(database: 'sqlite' | 'postgresql'): Promise<Row[]> {
  const missing = missingFor(database)
  const failed = (figure: string, limit: string): Row[] => [
    { test: database, load: 'releases behind HAProxy', figure, limit, ok: false },
  ]
  if (missing) return failed('NOT RUN', missing)
  console.log(`Shipping on ${database} …`)
  return proveOn(database, database === 'postgresql').catch((error: Error) => {
    console.error(error)
    return failed(error.message, 'an end')
  })
}

process.once('exit', () => killDescendants(process.pid))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))
const app = copyApp()
process.env.HOMEROOM_RELIABILITY_APP = app
process.once('exit', () => rmSync(app, { recursive: true, force: true }))
const asked = process.argv.slice(2)
const rows: Row[] = []
for (const database of ['sqlite', 'postgresql'] as const)
  if (!asked.length || asked.includes(database)) rows.push(...(await rowsOn(database)))
printTable(rows)
const failed = rows.filter(({ ok }) => !ok).length
console.log(`\n${rows.length - failed} passed, ${failed} failed`)
process.exit(failed || !rows.length ? 1 : 0)
