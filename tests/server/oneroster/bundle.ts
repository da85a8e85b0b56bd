/** Bundles written by the tests, and what the register says after their import. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  enrollments,
  guardians,
  instructors,
  journal,
  operations,
  rooms,
  schools,
  studentGuardians,
  students,
} from '../../../db/schema/index.ts'
import type { ImportOptions } from '../../../server/oneroster/import.ts'
import { importBundle } from '../../../server/oneroster/import.ts'
import { findingText } from '../../../server/oneroster/report.ts'
import { db, now } from '../../setup/people.ts'

export type Files = Record<string, string | Buffer>

const temporary = mkdtempSync(join(tmpdir(), 'homeroom-bundle-'))
afterAll(async () => {
  rmSync(temporary, { recursive: true, force: true })
  await db.close()
})

let made = 0
export function folderOf(files: Files): string {
  made++
  const folder = join(temporary, String(made))
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)])
interface Damage {
  method?: number
  crc?: number
  packed?: Buffer
}
/** A zip, written by hand so that it may hold what a packer would refuse. */
export function zipOf(
  entries: readonly (readonly [name: string, content: string | Buffer])[],
  damage: Record<string, Damage> = {},
): string {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const data = Buffer.from(content)
    const { method = 8, crc = crc32(data), packed = deflateRawSync(data) } = damage[name] ?? {}
    const title = Buffer.from(name)
    const common = [
      u16(20),
      u16(0x800),
      u16(method),
      u32(0),
      u32(crc),
      u32(packed.length),
      u32(data.length),
      u16(title.length),
    ]
    const head = Buffer.concat([u32(0x04034b50), ...common, u16(0), title])
    local.push(head, packed)
    central.push(u32(0x02014b50), u16(20), ...common, u16(0), u16(0), u16(0), u16(0), u32(0), u32(offset), title)
    offset += head.length + packed.length
  }
  const directory = Buffer.concat(central)
  const count = u16(entries.length)
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)]
  made++
  const path = join(temporary, `${made}.zip`)
  writeFileSync(path, Buffer.concat([...local, directory, ...end]))
  return path
}

export async function importAt(path: string, options: Partial<ImportOptions> = {}) {
  const result = await importBundle(db, path, { timeZone: 'Europe/London', locale: 'en-GB', now, ...options })
  const texts = { rejected: result.rejected.shown.map(findingText), warnings: result.warnings.shown.map(findingText) }
  return { ...result, texts }
}
export const importFiles = (files: Files, options: Partial<ImportOptions> = {}) => importAt(folderOf(files), options)

const schoolOf = async (org: string) => {
  const [school] = await db.select().from(schools).where(eq(schools.sourcedId, org))
  return school
}
const tables = {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  enrollments,
  guardians,
  instructors,
  journal,
  operations,
  rooms,
  studentGuardians,
  students,
}
type Tables = keyof typeof tables

/** All rows of a table in the school that the organization became; none when it became none. */
export async function rowsIn<T extends Tables>(table: T, org: string): Promise<(typeof tables)[T]['$inferSelect'][]> {
  const school = await schoolOf(org)
  if (!school) return []
  const from = tables[table] as typeof students
  const order = table === 'journal' ? journal.number : from.id
  return (await db.select().from(from).where(eq(from.schoolId, school.id)).orderBy(order)) as never
}

/** All that a school holds, to see that nothing of it has changed. */
export async function everythingIn({ id }: { id: number }) {
  const held = []
  for (const [name, table] of Object.entries(tables)) {
    const from = table as typeof students
    held.push([
      name,
      await db
        .select()
        .from(from)
        .where(eq(from.schoolId, id))
        .orderBy(name === 'journal' ? journal.number : from.id),
    ])
  }
  return [await db.select().from(schools).where(eq(schools.id, id)), held]
}

type Exchanged = Exclude<Tables, 'classTerms' | 'journal' | 'operations' | 'studentGuardians'>
/** One record by its sourcedId. */
export async function found<T extends Exchanged>(table: T, org: string, sourcedId: string) {
  const school = await schoolOf(org)
  const from = tables[table] as typeof students
  const [row] = await db
    .select()
    .from(from)
    .where(and(eq(from.schoolId, school?.id ?? 0), eq(from.sourcedId, sourcedId)))
  if (!row) throw new Error(`${table} has no ${sourcedId}`)
  return row as unknown as (typeof tables)[T]['$inferSelect']
}
export { schoolOf }

/** A small, valid 1.1 bundle of one school: one class, one student, one teacher. Give files to replace or add. */
export function smallSchool(org: string, more: Files = {}): Files {
  return {
    'orgs.csv': `sourcedId,status,dateLastModified,name,type,parentSourcedId\n${org},,,School ${org},school,\n`,
    'academicSessions.csv': `sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\nfall,,,Fall,term,2026-08-31,2027-01-29,,2027\n`,
    'courses.csv': `sourcedId,status,dateLastModified,title,courseCode,orgSourcedId\nart,,,Art,A1,${org}\n`,
    'classes.csv': `sourcedId,status,dateLastModified,title,courseSourcedId,classCode,location,schoolSourcedId,termSourcedIds\nc1,,,Art 1,art,A1-1,Studio,${org},fall\n`,
    'users.csv': `sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,middleName,identifier,email,phone,grades
s1,,,true,${org},student,amara,Amara,Abara,,100,amara@school.example,123,9
t1,,,true,${org},teacher,lee,Lee,Park,,,lee@school.example,,
`,
    'enrollments.csv': `sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,,,c1,${org},s1,student,false,2026-08-31,2027-01-29
e2,,,c1,${org},t1,teacher,true,,
`,
    ...more,
  }
}
export const usersFile = (...rows: string[]) =>
  `sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,identifier,email,grades\n${rows.join('\n')}\n`
export const enrollmentsFile = (...rows: string[]) =>
  `sourcedId,status,classSourcedId,userSourcedId,role,primary,beginDate,endDate\n${rows.join('\n')}\n`
