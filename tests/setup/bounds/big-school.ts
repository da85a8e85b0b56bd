/** A school of a large district, written straight into the tables: for what reads must not cost. */
import { eq, max } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import * as schema from '../../../db/schema/index.ts'
import type { JournalEntity } from '../../../db/values.ts'
import { addDays, weekdayOf } from '../../../server/calendar.ts'
import type { School } from '../../../server/context.ts'
import { classSortName, searchText, sortName } from '../../../server/people.ts'
import { db } from '../people.ts'

/** `part` of one is 20,000 students, 6,000 classes and 3,000 students of one name. */
export function sizesOf(part: number) {
  const of = (whole: number) => Math.round(whole * part)
  return {
    departments: of(40),
    programs: of(60),
    rooms: of(1_500),
    courses: of(1_500),
    instructors: of(1_500),
    classes: of(6_000),
    students: of(20_000),
    namesakes: of(3_000),
    guardians: of(20_000),
    operations: of(3_000),
    imported: of(30_000),
  }
}
type Sizes = ReturnType<typeof sizesOf>

const classesEach = 7
const rowsAtOnce = 5_000
const zeros = '0'.repeat(64)

const years = ['2022', '2023', '2024', '2025', '2026']
const termsOf = (year: string) => [
  { title: `Fall ${year}`, type: 'term', startDate: `${year}-09-01`, endDate: `${year}-12-18` },
  { title: `Spring ${year}`, type: 'term', startDate: `${year}-01-05`, endDate: `${year}-06-18` },
]
const times = [
  ['08:00', '08:50'],
  ['09:00', '09:50'],
  ['10:00', '10:50'],
] as const

type Row = { id: string } & Record<string, unknown>
const rows = (count: number, make: (n: number) => Record<string, unknown>): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: newId(), version: 1, extra: {}, ...make(n) }))
const idIn = (of: readonly Row[], n: number): string => (of[n % of.length] as Row).id

function person(givenName: string, familyName: string) {
  const names = { givenName, familyName }
  return { ...names, sortName: sortName(names), searchText: searchText(names) }
}

function offer(sizes: Sizes) {
  const departments = rows(sizes.departments, (n) => ({ name: `Department ${n}` }))
  const departmentId = (n: number) => idIn(departments, n)
  const programs = rows(sizes.programs, (n) => ({
    name: `Program ${n}`,
    type: 'other',
    departmentId: departmentId(n),
  }))
  const rooms = rows(sizes.rooms, (n) => ({ name: `Room ${n}`, seats: 30 }))
  const courses = rows(sizes.courses, (n) => ({
    title: `Course ${n}`,
    code: `C-${n}`,
    departmentId: departmentId(n),
  }))
  const instructors = rows(sizes.instructors, (n) => ({
    ...person('Ines', `Adler ${n}`),
    status: 'active',
    departmentId: departmentId(n),
  }))
  const academicSessions = years.flatMap(termsOf).map((term) => ({ id: newId(), version: 1, extra: {}, ...term }))
  return { departments, programs, rooms, courses, instructors, academicSessions: academicSessions as Row[] }
}
type Offer = ReturnType<typeof offer>

/** Half of the namesakes have no birth date. */
function people(sizes: Sizes, { programs }: Offer) {
  const students = rows(sizes.students, (n) => {
    const isNamesake = n < sizes.namesakes
    return {
      ...(isNamesake ? person('Kim', 'Lee') : person(`Sam ${n % 97}`, `Abara ${n}`)),
      number: `S-${n}`,
      birthDate: isNamesake && n % 2 ? `2012-05-${10 + (n % 19)}` : isNamesake ? null : '2012-01-01',
      gradeLevel: '09',
      status: 'active',
      isInternational: false,
      isCoop: false,
      programId: n % 10 ? idIn(programs, n) : null,
    }
  })
  const guardians = rows(sizes.guardians, (n) =>
    n < sizes.namesakes ? person('Kim', 'Lee') : person('Gina', `Abara ${n}`),
  )
  const links = rows(sizes.guardians, (n) => ({
    studentId: idIn(students, n),
    guardianId: idIn(guardians, n),
    relation: 'mother',
    priority: 1,
    hasCustody: true,
    mayPickUp: true,
    livesWith: true,
    isBarred: false,
  }))
  const stays = rows(sizes.students, (n) => ({
    studentId: idIn(students, n),
    gradeLevel: '09',
    beginDate: '2022-09-01',
    entryType: 'new',
    fte: '1',
  }))
  return { students, guardians, links, stays }
}

/** Classes are full or over their capacity in turn; each tenth lacks an instructor and meetings. */
function timetable(sizes: Sizes, { rooms, courses, instructors, academicSessions }: Offer, students: readonly Row[]) {
  const classes = rows(sizes.classes, (n) => {
    const names = { title: `Course ${n % sizes.courses}`, code: `C-${n}` }
    const capacity = n % 20 ? 30 : 20
    const sortName = classSortName(names.title, names.code)
    return { ...names, sortName, capacity, courseId: idIn(courses, n), roomId: idIn(rooms, n) }
  })
  const classTerms = rows(sizes.classes, (n) => ({
    classId: idIn(classes, n),
    academicSessionId: idIn(academicSessions, n % 5 ? academicSessions.length - 2 : n),
  }))
  const taught = classes.filter((_, n) => n % 10)
  const classInstructors = rows(taught.length, (n) => ({
    classId: idIn(taught, n),
    instructorId: idIn(instructors, n),
    isPrimary: true,
  }))
  const meetings = rows(taught.length * 2, (n) => {
    const [startTime, endTime] = times[n % times.length] ?? times[0]
    return { classId: idIn(taught, n), weekday: 1 + (n % 5), startTime, endTime, validFrom: '2026-09-01' }
  })
  const enrollments = rows(students.length * classesEach, (n) => ({
    studentId: idIn(students, Math.floor(n / classesEach)),
    classId: idIn(classes, Math.floor(n / classesEach) * 13 + (n % classesEach)),
    status: 'enrolled',
    beginDate: '2026-09-01',
  }))
  return { classes, classTerms, classInstructors, meetings, enrollments }
}

/** Five years of days, and three bell schedules of eight periods. */
function calendar() {
  const calendars = rows(1, () => ({ name: 'Usual', isDefault: true }))
  const bellSchedules = rows(3, (n) => ({ name: `Bells ${n}`, isDefault: n === 0 }))
  const periods = rows(8, (n) => ({ code: `${n + 1}`, name: `Period ${n + 1}`, position: n }))
  const bellTimes = rows(bellSchedules.length * periods.length, (n) => {
    const hour = String(8 + (n % periods.length)).padStart(2, '0')
    const of = { bellScheduleId: idIn(bellSchedules, Math.floor(n / periods.length)), periodId: idIn(periods, n) }
    return { ...of, startTime: `${hour}:00`, endTime: `${hour}:45`, countsMinutes: true }
  })
  const calendarDays = rows(years.length * 365, (n) => {
    const date = addDays('2022-09-01', n)
    const kind = weekdayOf(date) > 5 ? 'closed' : 'instruction'
    return { calendarId: idIn(calendars, 0), date, kind, membership: '1' }
  })
  return { calendars, bellSchedules, periods, bellTimes, calendarDays }
}

interface Past {
  actorId: string
  at: Date
  /** The number of the school's newest entry. */
  last: number
}
interface Told {
  entity: JournalEntity
  of: readonly Row[]
  field: string
}
/** An import of yesterday, and what the office did on the screen since. */
function history(sizes: Sizes, told: readonly Told[], { actorId, at, last }: Past) {
  const made = (way: 'import' | 'screen') => ({ actorId, way, procedure: 'test', inputHash: zeros, at })
  const operations: Row[] = [{ id: newId(), ...made('import'), number: last + 1, deed: 'import' }]
  const journal: Record<string, unknown>[] = []
  const nextNumber = () => last + journal.length + 1
  const tell = (operationId: string, n: number) => {
    const { entity, of, field } = told[n % told.length] as Told
    const entityId = idIn(of, n)
    const hashes = { valuesHash: zeros, hash: zeros }
    journal.push({ number: nextNumber(), operationId, entity, entityId, version: 1, fields: [field], ...hashes })
  }
  for (let n = 0; n < sizes.imported; n++) tell((operations[0] as Row).id, n)
  for (let n = 0; n < sizes.operations; n++) {
    const { entity } = told[n % told.length] as Told
    const screen = { number: nextNumber(), deed: 'change', about: entity, isOfOne: true }
    const operation = { id: newId(), ...made('screen'), ...screen }
    operations.push(operation)
    tell(operation.id, n)
  }
  const values = journal.map(({ number }) => ({ number, salt: '', content: '{"after":{}}' }))
  const owners = journal.map(({ number, entity, entityId }) => ({ number, entity, id: entityId }))
  return { operations, journal, values, owners }
}

async function insert(tx: Transaction, schoolId: number, parts: readonly [table: PgTable, rows: readonly object[]][]) {
  for (const [table, all] of parts)
    for (let from = 0; from < all.length; from += rowsAtOnce)
      await tx.insertAll([table, all.slice(from, from + rowsAtOnce).map((row) => ({ ...row, schoolId }))])
}

export async function fillBigSchool({ id }: School, actorId: string, part: number, at: Date) {
  const sizes = sizesOf(part)
  const offered = offer(sizes)
  const known = people(sizes, offered)
  const taught = timetable(sizes, offered, known.students)
  const days = calendar()
  const told: Told[] = [
    { entity: 'student', of: known.students, field: 'familyName' },
    { entity: 'class', of: taught.classes, field: 'title' },
    { entity: 'guardian', of: known.guardians, field: 'familyName' },
  ]
  const [newest] = await db
    .select({ number: max(schema.journal.number) })
    .from(schema.journal)
    .where(eq(schema.journal.schoolId, id))
  const happened = history(sizes, told, { actorId, at, last: newest?.number ?? 0 })
  await db.transaction(id, (tx) =>
    insert(tx, id, [
      [schema.departments, offered.departments],
      [schema.programs, offered.programs],
      [schema.rooms, offered.rooms],
      [schema.courses, offered.courses],
      [schema.instructors, offered.instructors],
      [schema.academicSessions, offered.academicSessions],
      [schema.students, known.students],
      [schema.schoolEnrollments, known.stays],
      [schema.guardians, known.guardians],
      [schema.studentGuardians, known.links],
      [schema.classes, taught.classes],
      [schema.classTerms, taught.classTerms],
      [schema.classInstructors, taught.classInstructors],
      [schema.meetings, taught.meetings],
      [schema.enrollments, taught.enrollments],
      [schema.calendars, days.calendars],
      [schema.bellSchedules, days.bellSchedules],
      [schema.periods, days.periods],
      [schema.bellTimes, days.bellTimes],
      [schema.calendarDays, days.calendarDays],
      [schema.operations, happened.operations],
      [schema.journal, happened.journal],
      [schema.journalValues, happened.values],
      [schema.journalOwners, happened.owners],
    ]),
  )
  await db.optimize()
  const members = await db
    .select({ id: schema.memberships.id })
    .from(schema.memberships)
    .where(eq(schema.memberships.schoolId, id))
  return { sizes, ...offered, ...known, ...taught, operations: happened.operations, memberships: members }
}
export type BigSchool = Awaited<ReturnType<typeof fillBigSchool>>
