/** What the register says of a school, as plain records by their ids in the files. */
import { schools } from '../../../../db/schema/index.ts'
import type { DayRange } from '../../../../server/calendar.ts'
import { spanOf } from '../../../../server/calendar.ts'
import { foldedRowsOf, isFolded } from '../../../../server/records/folded-rows.ts'
import { db } from '../../../setup/people.ts'
import { everythingIn } from '../bundle.ts'

export const today = '2026-11-20'
export type Fields = Record<string, unknown>
/** The key is '<entity> <sourcedId>', of a link '<entity> <student> <guardian>'. */
export type Register = Map<string, Fields>
type Stored = Fields & { id: string; sourcedId: string; archivedAt: Date | null; extra: Record<string, string> }

const plain: Record<string, readonly string[]> = {
  academicSessions: ['title', 'type', 'startDate', 'endDate', 'schoolYear'],
  courses: ['title', 'code'],
  classes: ['title', 'code'],
  students: ['givenName', 'familyName', 'middleName', 'number', 'email', 'gradeLevel', 'status', 'birthDate'],
  instructors: ['givenName', 'familyName', 'middleName', 'email', 'status'],
  guardians: ['givenName', 'familyName', 'middleName', 'email', 'phone', 'otherPhone'],
  enrollments: ['beginDate', 'endDate', 'status'],
  classInstructors: ['beginDate', 'endDate', 'isPrimary'],
}
/** What the tables have no place for is kept with the record. */
const kept: Record<string, readonly string[]> = {
  students: ['username', 'phone', 'sms', 'shirt'],
  instructors: ['username', 'phone', 'sms', 'identifier', 'shirt'],
  guardians: ['username', 'identifier', 'shirt'],
}
/** These name another record. */
const references: Record<string, Record<string, string>> = {
  academicSessions: { parent: 'parentId' },
  classes: { course: 'courseId', room: 'roomId' },
  enrollments: { class: 'classId', person: 'studentId' },
  classInstructors: { class: 'classId', person: 'instructorId' },
}

const pick = (from: Fields, names: readonly string[] = []) => names.map((name) => [name, from[name] ?? null])

/** A record may show several rows, perhaps of an earlier bundle that had other ids: each of them has its own days. */
function rowsShownBy(row: Stored, fields: Fields): [sourcedId: string, Fields][] {
  if (!isFolded(row.extra ?? {})) return [[row.sourcedId, fields]]
  const days = { beginDate: row.beginDate, endDate: row.endDate } as DayRange
  const rows = foldedRowsOf({ ...row, ...days })
  const span = spanOf(rows)
  const isUnion = span.beginDate === days.beginDate && span.endDate === days.endDate
  // Class, person and day made the id of a row without one, and no row of a later bundle is about it.
  const told = rows.filter(({ sourcedId }) => sourcedId === row.sourcedId || !sourcedId.includes('|'))
  return told.map(({ sourcedId, beginDate, endDate, status }) => {
    const past = endDate !== null && endDate < today ? 'completed' : 'enrolled'
    const own = 'status' in fields && { status: status === 'inactive' ? 'withdrawn' : past }
    return [sourcedId, { ...fields, beginDate, endDate, ...own, ...(!isUnion && { isUnion }) }]
  })
}

function recordsOf(held: [string, Stored[]][]): Register {
  const names = new Map(held.flatMap(([, rows]) => rows.map((row) => [row.id, String(row.sourcedId ?? row.name)])))
  const named = (id: unknown) => (id === null ? null : (names.get(String(id)) ?? null))
  const register: Register = new Map()
  for (const [table, rows] of held)
    for (const row of rows) {
      if (!(table in plain)) continue
      const fields = [...pick(row, plain[table]), ...pick(row.extra ?? {}, kept[table])]
      for (const [name, field] of Object.entries(references[table] ?? {})) fields.push([name, named(row[field])])
      const record = { ...Object.fromEntries(fields), isGone: row.archivedAt !== null }
      for (const [sourcedId, shown] of rowsShownBy(row, record)) register.set(`${table} ${sourcedId}`, shown)
    }
  const rowsOf = (table: string) => (held.find(([name]) => name === table)?.[1] ?? []).filter((row) => !row.archivedAt)
  for (const { studentId, guardianId } of rowsOf('studentGuardians'))
    register.set(`links ${named(studentId)} ${named(guardianId)}`, { isGone: false })
  for (const { id, sourcedId } of held.find(([name]) => name === 'classes')?.[1] ?? []) {
    const terms = rowsOf('classTerms').filter(({ classId }) => classId === id)
    const fields = register.get(`classes ${sourcedId}`) as Fields
    fields.terms = terms
      .map(({ academicSessionId }) => named(academicSessionId))
      .toSorted()
      .join(',')
  }
  return register
}

export interface Held {
  everything: unknown
  register: Register
}

export async function heldIn(school: { id: number }): Promise<Held> {
  const everything = await everythingIn(school)
  const [[own], held] = everything as unknown as [Fields[], [string, Stored[]][]]
  const register = recordsOf(held)
  register.set('schools', { name: own?.name })
  return { everything, register }
}

export const allSchools = () => db.select().from(schools).orderBy(schools.id)
