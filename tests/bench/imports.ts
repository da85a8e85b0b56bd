/** A OneRoster bundle of 2,000 students and 14,000 enrollments, beside bare inserts of the rows it makes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { importBundle } from '../../server/oneroster/import.ts'
import { createSchool } from '../../server/schools/create.ts'
import { bareDriver } from './bare.ts'

const students = 2000
const classes = 100
const each = 7

const lines = (header: string, count: number, row: (n: number) => string) =>
  `${[header, ...Array.from({ length: count }, (_, n) => row(n))].join('\n')}\n`

function writeBundle(folder: string): void {
  const files = {
    orgs: lines('sourcedId,name,type', 1, () => 'o1,School of the bundle,school'),
    classes: lines('sourcedId,title,schoolSourcedId', classes, (n) => `c${n},Class ${n},o1`),
    users: lines(
      'sourcedId,orgSourcedIds,role,givenName,familyName,identifier',
      students,
      (n) => `u${n},o1,student,Given,Family ${n},${n}`,
    ),
    enrollments: lines('sourcedId,classSourcedId,userSourcedId,role', students * each, (n) => {
      const student = Math.floor(n / each)
      return `e${n},c${(student + 13 * (n % each)) % classes},u${student},student`
    }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.csv`), text)
}

const seconds = async (work: () => Promise<unknown>) => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const db = await open()
const bare = bareDriver()
const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-bundle-'))
writeBundle(folder)
const options = { timeZone: 'UTC', locale: 'en', dryRun: false, skipInvalid: false, now: new Date() }
const first = await seconds(() => importBundle(db, folder, options))
const again = await seconds(() => importBundle(db, folder, options))

const { school } = await db.transaction(register, (tx) =>
  createSchool(tx, { name: 'Bare', timeZone: 'UTC', locale: 'en' }),
)
const [imported] = await db.rows<{ id: number }>(sql`select id from schools where sourced_id = 'o1'`)
type Raw = Record<string, unknown>
const ids = new Map<unknown, string>()
/** The imported rows under new ids in another school. */
const copied = async (table: string): Promise<Raw[]> => {
  const rows = await db.rows<Raw>(sql`select * from ${sql.identifier(table)} where school_id = ${imported?.id ?? 0}`)
  for (const { id } of rows) ids.set(id, newId())
  return rows.map((row) => ({
    ...row,
    school_id: school.id,
    id: ids.get(row.id),
    ...('student_id' in row && { student_id: ids.get(row.student_id), class_id: ids.get(row.class_id) }),
  }))
}
const tables = {
  students: await copied('students'),
  classes: await copied('classes'),
  enrollments: await copied('enrollments'),
}
const inserted = await seconds(() => bare.insertAll(tables))

const line = (name: string, ours: number) =>
  console.log(
    `${name.padEnd(44)} ${ours.toFixed(2).padStart(9)} s  ${inserted.toFixed(2).padStart(9)} s  ${(ours / inserted).toFixed(2).padStart(7)}x`,
  )
console.log(`\nOneRoster: ${students} students, ${students * each} enrollments`)
line('first import, journaled / bare inserts', first)
line('the same again, nothing to change', again)
rmSync(folder, { recursive: true })
await bare.close()
await db.close()
