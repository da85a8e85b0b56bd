/** Schools full of marked values: every text of every row is a word that stands nowhere else, so that a leak is found by it. */
import type { Column } from 'drizzle-orm'
import { eq, getTableColumns } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId, tableConfig } from '../../db/kit.ts'
import * as schema from '../../db/schema/index.ts'
import type { JournalEntity, Role } from '../../db/values.ts'
import { roles } from '../../db/values.ts'
import { allows } from '../../server/access.ts'
import type { School } from '../../server/context.ts'
import type { Change } from '../../server/journal/entry.ts'
import { allKinds } from '../../server/kinds.ts'
import type { RowOf } from '../../server/records/kind.ts'
import type { Person } from '../../server/trpc.ts'
import { db, makeSchool, now, writeInSchool } from './people.ts'

/**
 * Whose a row is: `mine` of the class that the instructor teaches, `theirs` of another class or of none, `everybody` what
 * the whole school shares, or one person's own.
 */
export type Place = 'mine' | 'theirs' | 'everybody' | `person:${string}`
export interface MarkedRow {
  school: string
  table: string
  id: string
  place: Place
}
export interface Mark extends MarkedRow {
  column: string
  text: string
}
/** Who looks: each role of the first school, an instructor without a record, the administrator of the second school. */
export interface Viewer {
  name: string
  role: Role
  school: string
  person: Person
}

export const marks: Mark[] = []
export const rows: MarkedRow[] = []

type AnyTable = typeof schema.students
type Fields = Record<string, unknown>

export const entities: Record<string, JournalEntity> = Object.fromEntries(
  allKinds.map(({ table, entity }) => [tableConfig(table).name, entity]),
)

function stores(column: Column, value: string): unknown {
  try {
    return column.mapToDriverValue(value)
  } catch {
    return undefined
  }
}
/** What a column takes: free text, an object of it, or something that can't be marked. */
function kindOf(table: AnyTable, column: Column): 'text' | 'json' | undefined {
  const { name, checks } = tableConfig(table)
  const isClosed = checks.some((check) => check.name === `${name}_${column.name}_known`)
  if (isClosed || column.columnType.includes('Boolean')) return undefined
  const stored = stores(column, 'x')
  return stored === 'x' ? 'text' : stored === '"x"' ? 'json' : undefined
}

function mark(row: MarkedRow, column: string): string {
  const text = `qz${marks.length}zq`
  marks.push({ ...row, column, text })
  return column === 'email' ? `${text}@school.example` : text
}
/** Birth dates are marked by being nobody else's. */
function markedDate(row: MarkedRow): string {
  const text = new Date(Date.UTC(1931, 0, 1 + marks.length)).toISOString().slice(0, 10)
  marks.push({ ...row, column: 'birthDate', text })
  return text
}

/** Fills a school with rows, each text of them marked. */
class Filling {
  readonly changes: Change[] = []
  readonly tx: Transaction
  readonly school: School
  constructor(tx: Transaction, school: School) {
    this.tx = tx
    this.school = school
  }

  async add(table: AnyTable | object, place: Place, given: Fields = {}): Promise<string> {
    const of = table as AnyTable
    const { name } = tableConfig(of)
    const row: Fields = { id: newId(), ...given }
    const marked = { school: this.school.name, table: name, id: String(row.id), place }
    const columns = Object.entries(getTableColumns(of) as unknown as Record<string, Column>)
    if (columns.some(([key]) => key === 'schoolId')) row.schoolId = this.school.id
    for (const [key, column] of columns) {
      if (key in row || key === 'sortName' || ['searchText', 'numberOrder'].includes(key)) continue
      const kind = kindOf(of, column)
      if (kind) row[key] = kind === 'text' ? mark(marked, key) : { other: mark(marked, key) }
    }
    if (name === 'students') row.birthDate = markedDate(marked)
    Object.assign(row, allKinds.find(({ table }) => table === of)?.derive?.(row as RowOf<AnyTable>))
    await this.tx.insert(of).values(row as never)
    rows.push(marked)
    const entity = entities[name]
    if (entity) this.changes.push({ entity, after: { version: 1, ...row } as never })
    return marked.id
  }
}

interface Shared {
  termId: string
  programId: string
  departmentId: string
}

/** A class with a course, a room, a meeting, an instructor, and a student with everything that is known of one. */
async function addClass(filling: Filling, place: 'mine' | 'theirs', { termId, programId, departmentId }: Shared) {
  const add = (table: object, given: Fields = {}) => filling.add(table, place, given)
  const roomId = await add(schema.rooms, { seats: 30 })
  const courseId = await add(schema.courses, { departmentId })
  const classId = await add(schema.classes, { courseId, roomId, capacity: 1 })
  const instructorId = await add(schema.instructors, { departmentId })
  const studentId = await add(schema.students, { programId, mergedIntoId: null })
  const guardianId = await add(schema.guardians)
  await add(schema.classTerms, { classId, academicSessionId: termId })
  await add(schema.classInstructors, { classId, instructorId, isPrimary: true })
  await add(schema.meetings, {
    classId,
    roomId,
    weekday: 5,
    startTime: '09:00',
    endTime: '10:00',
    validFrom: '2026-09-01',
  })
  await add(schema.enrollments, { classId, studentId, status: 'enrolled', beginDate: '2026-09-01' })
  await add(schema.studentAddresses, { studentId, kind: 'local' })
  await add(schema.studentAlerts, { studentId, kind: 'medical' })
  await add(schema.studentGuardians, {
    studentId,
    guardianId,
    relation: 'mother',
    priority: 1,
    hasCustody: false,
    mayPickUp: false,
    livesWith: true,
    isBarred: true,
  })
  return { classId, instructorId, studentId }
}

async function addPerson(filling: Filling, name: string, role: Role, instructorId: string | null): Promise<Viewer> {
  const place = `person:${name}` as const
  const { school } = filling
  const userId = await filling.add(schema.users, place, { createdAt: now })
  await filling.add(schema.memberships, place, { userId, role, instructorId, invitedName: null })
  const sessionId = await filling.add(schema.sessions, place, { userId, createdAt: now, lastSeenAt: now })
  await filling.add(schema.oneTimeTokens, place, {
    userId,
    purpose: 'passwordReset',
    expiresAt: new Date(now.getTime() + 1),
  })
  await filling.add(schema.savedViews, place, { userId, place: 'students' })
  if (allows(role, 'savedView.share'))
    await filling.add(schema.savedViews, 'everybody', { userId, place: 'students', isShared: true })
  const told = (column: string) => marks.find(({ id, ...one }) => id === userId && one.column === column)?.text ?? ''
  const memberships = [{ school, role, instructorId }]
  const person = {
    userId,
    sessionId,
    signedInAt: now,
    name: told('name'),
    email: `${told('email')}@school.example`,
    memberships,
  }
  return { name, role, school: school.name, person }
}

async function fill(school: School, people: (instructorId: string) => [string, Role, string | null][]) {
  const viewers: Viewer[] = []
  await writeInSchool(school.id, async (tx) => {
    const filling = new Filling(tx, school)
    const add = (table: object, given: Fields = {}) => filling.add(table, 'everybody', given)
    const departmentId = await add(schema.departments)
    const programId = await add(schema.programs, { type: 'other', departmentId })
    const termId = await add(schema.academicSessions, {
      type: 'term',
      startDate: '2026-09-01',
      endDate: '2026-12-18',
      parentId: null,
    })
    const shared = { termId, programId, departmentId }
    const mine = await addClass(filling, 'mine', shared)
    const theirs = await addClass(filling, 'theirs', shared)
    // The student of the one class also sits in the other, and one student in none.
    await filling.add(schema.enrollments, 'theirs', {
      classId: theirs.classId,
      studentId: mine.studentId,
      status: 'withdrawn',
      beginDate: '2026-09-02',
      withdrawalReason: 'other',
    })
    await filling.add(schema.students, 'theirs', { programId, mergedIntoId: null })
    for (const [name, role, instructorId] of people(mine.instructorId))
      viewers.push(await addPerson(filling, name, role, instructorId))
    return filling.changes
  })
  const made = await db
    .select({ id: schema.operations.id })
    .from(schema.operations)
    .where(eq(schema.operations.schoolId, school.id))
  for (const { id } of made) rows.push({ school: school.name, table: 'operations', id, place: 'everybody' })
  return viewers
}

/** Two schools of the same making, and those who look at the first. */
export async function makeMarkedSchools(): Promise<{ home: School; viewers: Viewer[] }> {
  const marked = async (name: string) => {
    const row = { school: name, table: 'schools', id: name, place: 'everybody' as const }
    const school = await makeSchool(mark(row, 'name'))
    for (const one of marks) if (one.school === name) one.school = school.name
    return school
  }
  const home = await marked('home')
  const viewers = await fill(home, (instructorId) => [
    ...roles.map((role): [string, Role, string | null] => [role, role, role === 'instructor' ? instructorId : null]),
    ['newcomer', 'instructor', null],
  ])
  const away = await marked('away')
  viewers.push(...(await fill(away, () => [['stranger', 'administrator', null]])))
  return { home, viewers }
}
