/** The slow plain reading: what the register must say of each row, were it the only one. */
import type { Fields } from './register.ts'
import { today } from './register.ts'
import type { Cells, Kind, Tables } from './tables.ts'
import { idOf, keyOf } from './tables.ts'

export interface Told {
  key: string
  fields: Fields
  /** These rows say it, '<file> <id>'. */
  rows: string[]
  /** This row is about the record; the others are only named by it. */
  own: string
}

const or = (text: string | undefined) => text || null

/** Fields of which the file has the column. A cell that is empty empties the field. */
function inColumns(columns: readonly string[], row: Cells, names: Record<string, string>): Fields {
  const told = Object.entries(names).filter(([, column]) => columns.includes(column))
  return Object.fromEntries(told.map(([field, column]) => [field, or(row[column])]))
}

const names = { givenName: 'givenName', familyName: 'familyName', middleName: 'middleName', email: 'email' }
const kept = { username: 'username', shirt: 'shirt' }

function personOf(kind: 'students' | 'instructors' | 'guardians', columns: readonly string[], row: Cells): Fields {
  const own: Record<string, Record<string, string>> = {
    students: { number: 'identifier', gradeLevel: 'grades', phone: 'phone', sms: 'sms' },
    instructors: { identifier: 'identifier', phone: 'phone', sms: 'sms' },
    guardians: { identifier: 'identifier', phone: 'phone', otherPhone: 'sms' },
  }
  const hasStatus = columns.includes('status') || columns.includes('enabledUser')
  return {
    ...inColumns(columns, row, { ...names, ...kept, ...own[kind] }),
    ...(hasStatus && kind !== 'guardians' && { status: row.status === 'inactive' ? 'inactive' : 'active' }),
    isGone: row.status === 'tobedeleted',
  }
}

type Reading = (row: Cells, columns: readonly string[], tables: Tables) => Omit<Told, 'own'>[]
const list = (text = '') => text.split(',').filter(Boolean)

function user(row: Cells, columns: readonly string[]): Omit<Told, 'own'>[] {
  const kind = ({ student: 'students', teacher: 'instructors' } as const)[row.role ?? ''] ?? 'guardians'
  const rows = [keyOf('users', row)]
  const own = { key: `${kind} ${row.sourcedId}`, fields: personOf(kind, columns, row), rows }
  const agents = kind === 'instructors' ? [] : list(row.agentSourcedIds)
  if (own.fields.isGone) own.fields = { isGone: true }
  const links = agents.map((other) => {
    const [student, guardian] = kind === 'students' ? [row.sourcedId, other] : [other, row.sourcedId]
    return { key: `links ${student} ${guardian}`, fields: { isGone: false }, rows: [...rows, `users ${other}`] }
  })
  return [own, ...links]
}

function member(row: Cells, columns: readonly string[]): Omit<Told, 'own'>[] {
  const { sourcedId, classSourcedId, userSourcedId, status, endDate } = row
  const rows = [keyOf('enrollments', row), `classes ${classSourcedId}`, `users ${userSourcedId}`]
  const isTeacher = row.role === 'teacher'
  const key = `${isTeacher ? 'classInstructors' : 'enrollments'} ${sourcedId}`
  if (status === 'tobedeleted') return [{ key, fields: { isGone: true }, rows }]
  const past = columns.includes('endDate') && endDate && endDate < today ? 'completed' : 'enrolled'
  const fields = {
    ...{ class: classSourcedId, person: userSourcedId, isGone: false },
    ...inColumns(columns, row, { beginDate: 'beginDate', endDate: 'endDate' }),
    ...(isTeacher
      ? columns.includes('primary') && { isPrimary: row.primary === 'true' }
      : { status: status === 'inactive' ? 'withdrawn' : past }),
  }
  return [{ key, fields, rows }]
}

const readings: Record<Kind, Reading> = {
  orgs: (row) => [{ key: 'schools', fields: { name: row.name }, rows: [keyOf('orgs', row)] }],
  academicSessions: (row, columns) => {
    const { title, type, startDate, endDate, parent, schoolYear } = inColumns(columns, row, {
      ...{ title: 'title', type: 'type', startDate: 'startDate', endDate: 'endDate', schoolYear: 'schoolYear' },
      parent: 'parentSourcedId',
    })
    const year = schoolYear === undefined ? {} : { schoolYear: schoolYear === null ? null : Number(schoolYear) }
    const told = Object.entries({ title, type, startDate, endDate, parent }).filter(([, value]) => value !== undefined)
    const rows = [keyOf('academicSessions', row), ...(row.parentSourcedId ? ['academicSessions year'] : [])]
    const fields = { ...Object.fromEntries(told), ...year, isGone: false }
    return [{ key: `academicSessions ${row.sourcedId}`, fields, rows }]
  },
  courses: (row, columns) => {
    const fields = { ...inColumns(columns, row, { title: 'title', code: 'courseCode' }), isGone: false }
    return [{ key: `courses ${row.sourcedId}`, fields, rows: [keyOf('courses', row)] }]
  },
  classes: (row, columns) => {
    const told = { title: 'title', code: 'classCode', course: 'courseSourcedId', room: 'location' }
    const terms = columns.includes('termSourcedIds') && { terms: list(row.termSourcedIds).toSorted().join(',') }
    const named = [`courses ${row.courseSourcedId}`, ...list(row.termSourcedIds).map((id) => `academicSessions ${id}`)]
    const fields = { ...inColumns(columns, row, told), ...terms, isGone: false }
    return [{ key: `classes ${row.sourcedId}`, fields, rows: [keyOf('classes', row), ...named] }]
  },
  users: user,
  demographics: (row, columns) => {
    const rows = [keyOf('demographics', row), `users ${idOf(row)}`]
    return [{ key: `students ${idOf(row)}`, fields: inColumns(columns, row, { birthDate: 'birthDate' }), rows }]
  },
  enrollments: member,
}

export function* read(tables: Tables): Generator<Told> {
  for (const [kind, { columns, rows }] of Object.entries(tables))
    for (const row of rows)
      for (const told of readings[kind as Kind](row, columns, tables)) yield { ...told, own: keyOf(kind as Kind, row) }
}
