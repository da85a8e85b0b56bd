/** Compares the writes named on standard input with the database that DATABASE_URL names. Run as a program. */
import { text } from 'node:stream/consumers'
import { like, sql } from 'drizzle-orm'
import { isPostgres } from '../../db/dialect.ts'
import { open } from '../../db/open.ts'
import { rooms } from '../../db/schema/index.ts'
import { verifyJournals } from '../../server/journal/verify.ts'
import type { Ledger, Report } from './load.ts'
import { writtenMark } from './written-names.ts'

const { acknowledged, unsure } = JSON.parse(await text(process.stdin)) as Report['writes']
const db = await open()
const there = new Map<string, number>()
for (const { name } of await db
  .select({ name: rooms.name })
  .from(rooms)
  .where(like(rooms.name, `${writtenMark}%`)))
  there.set(name, (there.get(name) ?? 0) + 1)
const schools = await verifyJournals(db)
// PostgreSQL has no such check of its own; its crash recovery is not what is proven here.
const found = isPostgres ? [] : await db.rows<Record<string, unknown>>(sql`pragma integrity_check`)
const dangling = isPostgres ? [] : await db.rows(sql`pragma foreign_key_check`)
const faults = found.map((row) => String(Object.values(row)[0])).filter((said) => said !== 'ok')
await db.close()

const isThere = (name: string) => there.has(name)
const ledger: Ledger = {
  lost: acknowledged.flatMap(({ names }) => names).filter((name) => !isThere(name)).length,
  doubled: [...there.values()].filter((times) => times > 1).length,
  torn: [...acknowledged, ...unsure].filter(({ names }) => names.some(isThere) && !names.every(isThere)).length,
  unacknowledged: unsure.filter(({ names }) => names.every(isThere)).length,
  intact: schools.every(({ broken }) => broken === null),
  integrity: faults[0] ?? (dangling.length ? `${dangling.length} rows point to none` : 'ok'),
  entries: schools.reduce((sum, { entries }) => sum + entries, 0),
}
console.log(JSON.stringify(ledger))
