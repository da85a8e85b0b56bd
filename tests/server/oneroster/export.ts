/** A school as OneRoster 1.1, so that tests can bring it in again. */
import { and, eq, isNull } from 'drizzle-orm'
import { newId } from '../../../db/kit.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  courses,
  enrollments,
  guardians,
  instructors,
  rooms,
  schools,
  studentGuardians,
  students,
} from '../../../db/schema/index.ts'
import { db } from '../../setup/people.ts'
import type { Files } from './bundle.ts'

type Cells = Record<string, string | number | null | undefined>
interface Line {
  cells: Cells
  extra: Record<string, string>
}

const quoted = (value: Cells[string]): string => {
  const text = String(value ?? '')
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const ownId = ({ sourcedId, id }: { sourcedId: string | null; id: string }) => sourcedId ?? id

/** Columns of a vendor follow those of the standard, by their own names. */
function file(columns: string, lines: Line[]): string {
  const named = ['sourcedId', 'status', 'dateLastModified', ...columns.split(' ')]
  const kept = lines.flatMap(({ extra }) => Object.keys(extra))
  const left = new Set([...named, 'roles', 'foldedSourcedIds', 'birthDate'])
  const all = [...named, ...new Set(kept.filter((name) => !left.has(name)).toSorted())]
  const rows = lines
    .toSorted((a, b) => (String(a.cells.sourcedId) < String(b.cells.sourcedId) ? -1 : 1))
    .map(({ cells, extra: { dateLastModified: _, ...extra } }) => all.map((name) => quoted(cells[name] ?? extra[name])))
  return [all, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

/** A school made by hand gets an id of its own once. */
export async function openToInterchange(schoolId: number): Promise<void> {
  await db.transaction(schoolId, (tx) =>
    tx
      .update(schools)
      .set({ source: 'homeroom', sourcedId: newId() })
      .where(and(eq(schools.id, schoolId), isNull(schools.sourcedId))),
  )
}

async function inUse<T extends { $inferSelect: unknown }>(table: T, schoolId: number): Promise<T['$inferSelect'][]> {
  const from = table as unknown as typeof students
  return (await db
    .select()
    .from(from)
    .where(and(eq(from.schoolId, schoolId), isNull(from.archivedAt)))) as never
}

const rowsOf = async (schoolId: number) => ({
  academicSessions: await inUse(academicSessions, schoolId),
  courses: await inUse(courses, schoolId),
  classes: await inUse(classes, schoolId),
  classTerms: await inUse(classTerms, schoolId),
  rooms: await inUse(rooms, schoolId),
  students: await inUse(students, schoolId),
  instructors: await inUse(instructors, schoolId),
  guardians: await inUse(guardians, schoolId),
  links: await inUse(studentGuardians, schoolId),
  classInstructors: await inUse(classInstructors, schoolId),
  enrollments: await inUse(enrollments, schoolId),
})
type Rows = Awaited<ReturnType<typeof rowsOf>>

function agentsOf({ links, students, guardians }: Rows) {
  const ids = new Map([...students, ...guardians].map((row) => [row.id, ownId(row)]))
  const agents = new Map<string, string[]>()
  for (const link of links.toSorted((a, b) => a.priority - b.priority)) {
    const [student, guardian] = [ids.get(link.studentId), ids.get(link.guardianId)]
    if (student && guardian) agents.set(student, [...(agents.get(student) ?? []), guardian])
  }
  return agents
}

function usersOf(rows: Rows, org: string): Line[] {
  const agents = agentsOf(rows)
  const users = new Map<string, Line>()
  const add = (
    role: string,
    row: Rows['students'][number] | Rows['instructors'][number] | Rows['guardians'][number],
    cells: Cells,
  ) => {
    const sourcedId = ownId(row)
    const { extra, email, givenName, middleName, familyName, preferredName } = row
    const common = { sourcedId, givenName, middleName, familyName, email, preferredGivenName: preferredName }
    const made = { orgSourcedIds: org, role: extra.role ?? role, username: email ?? sourcedId, enabledUser: 'true' }
    const agentSourcedIds = extra.agentSourcedIds ?? agents.get(sourcedId)?.join(',')
    const own = { ...made, ...extra, ...common, ...cells, agentSourcedIds }
    const other = users.get(sourcedId)
    const said = extra.role ?? other?.cells.role ?? role
    users.set(sourcedId, { cells: { ...other?.cells, ...own, role: said }, extra: { ...other?.extra, ...extra } })
  }
  for (const row of rows.guardians)
    add('guardian', row, { phone: row.phone ?? row.extra.phone, sms: row.otherPhone ?? row.extra.sms })
  for (const row of rows.instructors) add('teacher', row, { enabledUser: String(row.status === 'active') })
  for (const row of rows.students)
    add('student', row, {
      enabledUser: String(row.status === 'active'),
      identifier: row.number ?? row.extra.identifier,
      grades: row.extra.grades ?? row.gradeLevel,
    })
  return [...users.values()]
}

function membersOf(rows: Rows, org: string): Line[] {
  const ids = new Map([...rows.classes, ...rows.students, ...rows.instructors].map((row) => [row.id, ownId(row)]))
  const line = (
    row: Rows['enrollments'][number] | Rows['classInstructors'][number],
    person: string,
    cells: Cells,
  ): Line[] => {
    const [userSourcedId, classSourcedId] = [ids.get(person), ids.get(row.classId)]
    if (!userSourcedId || !classSourcedId) return []
    const { beginDate, endDate, extra } = row
    const common = { classSourcedId, schoolSourcedId: org, userSourcedId, beginDate, endDate, status: extra.status }
    return [ownId(row), ...(extra.foldedSourcedIds?.split(',') ?? [])].map((sourcedId) => ({
      cells: { sourcedId, ...common, ...cells, role: extra.role ?? cells.role },
      extra,
    }))
  }
  return [
    ...rows.enrollments
      .filter(({ status }) => status !== 'waitlisted')
      .flatMap((row) => line(row, row.studentId, { role: 'student', primary: 'false' })),
    ...rows.classInstructors.flatMap((row) =>
      line(row, row.instructorId, { role: 'teacher', primary: String(row.isPrimary) }),
    ),
  ]
}

function offerOf(rows: Rows, org: string): Files {
  const ids = new Map([...rows.academicSessions, ...rows.courses].map((row) => [row.id, ownId(row)]))
  const places = new Map(rows.rooms.map(({ id, name }) => [id, name]))
  const terms = (id: string) =>
    rows.classTerms.flatMap((term) => (term.classId === id ? (ids.get(term.academicSessionId) ?? []) : [])).toSorted()
  return {
    'academicSessions.csv': file(
      'title type startDate endDate parentSourcedId schoolYear',
      rows.academicSessions.map((row) => ({
        cells: {
          ...{ sourcedId: ownId(row), title: row.title, type: row.extra.type ?? row.type },
          ...{ startDate: row.startDate, endDate: row.endDate, parentSourcedId: ids.get(row.parentId ?? '') },
          schoolYear: row.schoolYear ?? row.extra.schoolYear ?? row.endDate.slice(0, 4),
        },
        extra: row.extra,
      })),
    ),
    'courses.csv': file(
      'title courseCode orgSourcedId',
      rows.courses.map((row) => ({
        cells: {
          ...{ sourcedId: ownId(row), title: row.title, orgSourcedId: row.extra.orgSourcedId ?? org },
          courseCode: row.code ?? row.extra.courseCode ?? ownId(row),
        },
        extra: row.extra,
      })),
    ),
    'classes.csv': file(
      'title courseSourcedId classCode classType location schoolSourcedId termSourcedIds',
      rows.classes.map((row) => ({
        cells: {
          ...{ sourcedId: ownId(row), title: row.title, courseSourcedId: ids.get(row.courseId ?? '') },
          ...{ classCode: row.code, classType: row.extra.classType ?? 'scheduled', schoolSourcedId: org },
          ...{ location: places.get(row.roomId ?? ''), termSourcedIds: terms(row.id).join(',') },
        },
        extra: row.extra,
      })),
    ),
  }
}

/** The school must have an id. */
export async function exportSchool(schoolId: number): Promise<Files> {
  const [school] = await db.select().from(schools).where(eq(schools.id, schoolId))
  const rows = await rowsOf(schoolId)
  const org = school?.sourcedId
  if (!school || !org) throw new Error('the school has no id to be known by')
  const born = rows.students.filter(({ birthDate }) => birthDate)
  return {
    'manifest.csv': `propertyName,value\r\noneroster.version,1.1\r\nsource.systemCode,${quoted(school.source)}\r\n`,
    'orgs.csv': file('name type parentSourcedId', [
      {
        cells: { sourcedId: org, name: school.name, type: school.extra.type ?? 'school', status: school.extra.status },
        extra: school.extra,
      },
    ]),
    ...offerOf(rows, org),
    'users.csv': file(
      'enabledUser orgSourcedIds role username givenName familyName middleName preferredGivenName identifier email sms phone agentSourcedIds grades',
      usersOf(rows, org),
    ),
    'demographics.csv': file(
      'birthDate',
      born.map((row) => ({ cells: { sourcedId: ownId(row), birthDate: row.birthDate }, extra: {} })),
    ),
    'enrollments.csv': file(
      'classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate',
      membersOf(rows, org),
    ),
  }
}
