/** The rows of the district once more, in one other school and without a journal, by plain inserts. Prints one line of JSON. */
import { sql } from 'drizzle-orm'
import { register } from '../../../db/database.ts'
import { open } from '../../../db/open.ts'
import { createSchool } from '../../../server/schools/create.ts'
import { bareDriver } from '../bare.ts'
import '../../../server/kinds.ts'

export interface Inserted {
  rows: number
  seconds: number
  cpu: number
}

const db = await open()
const bare = bareDriver()
const { school } = await db.transaction(register, (tx) =>
  createSchool(tx, { name: 'Bare', timeZone: 'UTC', locale: 'en' }),
)
const names = ['academic_sessions', 'courses', 'students', 'instructors', 'classes', 'class_instructors', 'enrollments']
const tables: Record<string, Record<string, unknown>[]> = {}
for (const name of names) {
  const rows = await db.rows<Record<string, unknown>>(
    sql`select * from ${sql.identifier(name)} where school_id in (select id from schools where source is not null)`,
  )
  tables[name] = rows.map((row, n) => ({ ...row, school_id: school.id, ...('code' in row && { code: `${n}` }) }))
}
/** Each school has a year of its own. */
for (const [n, row] of (tables.academic_sessions ?? []).entries()) row.sourced_id = `year-${n}`
const before = process.cpuUsage()
const started = performance.now()
await bare.insertAll(tables)
const { user, system } = process.cpuUsage(before)
const inserted: Inserted = {
  rows: Object.values(tables).reduce((sum, rows) => sum + rows.length, 0),
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
}
await bare.close()
await db.close()
console.log(JSON.stringify(inserted))
