/** A school as its system knows it, before anything happens to its files. */
import type { Random } from './random.ts'

export type Cells = Record<string, string>
export interface Table {
  columns: string[]
  rows: Cells[]
}
export type Kind = 'orgs' | 'academicSessions' | 'courses' | 'classes' | 'users' | 'demographics' | 'enrollments'
export type Tables = Partial<Record<Kind, Table>>

export const idOf = (row: Cells): string => row.sourcedId ?? row.userSourcedId ?? ''
export const keyOf = (kind: Kind, row: Cells): string => `${kind} ${idOf(row)}`

/** Each value says by itself whose it is, in which column and of which mutant, so that a misplaced one is seen. */
class Values {
  readonly #random: Random
  readonly #n: number

  constructor(random: Random, n: number) {
    this.#random = random
    this.#n = n
  }

  /** Some have a sign that makes quotes necessary, some a letter outside ASCII. */
  text(id: string, column: string): string {
    if (this.#random.isChosen(0.6)) return `${column} ${id}`
    return `${column} ${id} ${this.#n}${this.#random.pick(['', '', ', Jr.', ' "Bo" x', ' é', ' Müller', "O'Neil"])}`
  }

  orNone(value: string, share = 0.2): string {
    return this.#random.isChosen(share) ? '' : value
  }

  number(id: string): string {
    return `${id.slice(1)}-${this.#random.isChosen(0.6) ? 'N' : this.#n}`
  }

  email(id: string): string {
    return `${id}${this.#random.isChosen(0.6) ? '' : `.${this.#n}`}@school.example`
  }

  day(month: string): string {
    return `${month}-${String(1 + this.#random.below(28)).padStart(2, '0')}`
  }

  one(...values: string[]): string {
    return this.#random.pick(values)
  }
}

const every = ['sourcedId', 'status', 'dateLastModified']
const columns: Record<Kind, string[]> = {
  orgs: [...every, 'name', 'type', 'identifier', 'parentSourcedId'],
  academicSessions: [...every, 'title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear'],
  courses: [...every, 'schoolYearSourcedId', 'title', 'courseCode', 'orgSourcedId'],
  classes: [...every, 'title', 'courseSourcedId', 'classCode', 'location', 'schoolSourcedId', 'termSourcedIds'],
  users: [
    ...every,
    ...['enabledUser', 'orgSourcedIds', 'role', 'username', 'givenName', 'familyName', 'middleName', 'identifier'],
    ...['email', 'sms', 'phone', 'agentSourcedIds', 'grades'],
  ],
  demographics: [...every, 'birthDate', 'sex'],
  enrollments: [
    ...every,
    ...['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary', 'beginDate', 'endDate'],
  ],
}

const guardians: Record<string, string> = { s1: 'g1', s2: 'g2', s3: 'g1' }
const wards: Record<string, string> = { g1: 's1,s3', g2: 's2' }

function person(values: Values, org: string, id: string, role: string): Cells {
  const isStudent = role === 'student'
  return {
    ...{ sourcedId: id, status: values.one('', 'active'), enabledUser: 'true', orgSourcedIds: org, role },
    ...{ username: `user.${id}`, givenName: values.text(id, 'given'), familyName: values.text(id, 'family') },
    ...{ middleName: values.orNone(values.text(id, 'middle')), identifier: values.orNone(values.number(id)) },
    ...{
      email: values.orNone(values.email(id)),
      sms: `555 2 ${values.number(id)}`,
      phone: `555 1 ${values.number(id)}`,
    },
    ...{ agentSourcedIds: guardians[id] ?? wards[id] ?? '', grades: isStudent ? values.one('09', '10', '11', '') : '' },
  }
}

const seats: readonly (readonly [user: string, klass: string])[] = [
  ...([
    ['s1', 'c1'],
    ['s2', 'c1'],
    ['s3', 'c2'],
    ['s4', 'c2'],
    ['s5', 'c3'],
    ['s1', 'c3'],
  ] as const),
  ...([
    ['t1', 'c1'],
    ['t2', 'c2'],
    ['t1', 'c3'],
  ] as const),
]

function seat(values: Values, org: string, id: string, user: string, classSourcedId: string): Cells {
  const isTeacher = user.startsWith('t')
  return {
    ...{ sourcedId: id, status: values.one('', 'active', 'active', 'inactive', 'tobedeleted') },
    ...{ classSourcedId, schoolSourcedId: org, userSourcedId: user, role: isTeacher ? 'teacher' : 'student' },
    ...{ primary: isTeacher ? values.one('true', 'true', 'false') : 'false' },
    ...{ beginDate: values.orNone(values.day('2026-09')), endDate: values.orNone(values.day('2027-01')) },
  }
}

/** `n` is the mutant's number; the school of another one differs from it in about half of its values. */
export function schoolOf(org: string, n: number, random: Random): Record<Kind, Table> {
  const values = new Values(random, n)
  const text = (id: string, column: string) => values.text(id, column)
  const users = [
    ...['s1', 's2', 's3', 's4', 's5', 's6'].map((id) => person(values, org, id, 'student')),
    ...['t1', 't2'].map((id) => person(values, org, id, 'teacher')),
    ...['g1', 'g2'].map((id) => person(values, org, id, 'parent')),
  ]
  if (random.isChosen(0.3)) Object.assign(users[5] as Cells, { status: values.one('inactive', 'tobedeleted') })
  const enrollments = seats.map(([user, klass], at) => seat(values, org, `e${at + 1}`, user, klass))
  const session = (id: string, type: string, parentSourcedId: string, from: string, to: string) => ({
    ...{ sourcedId: id, title: text(id, 'title'), type, startDate: values.day(from), endDate: values.day(to) },
    ...{ parentSourcedId, schoolYear: values.one('2026', '2027') },
  })
  const rows: Record<Kind, Cells[]> = {
    orgs: [{ sourcedId: org, name: text(org, 'name'), type: 'school', identifier: '', parentSourcedId: '' }],
    academicSessions: [
      session('year', 'schoolYear', '', '2026-08', '2027-07'),
      session('fall', 'term', 'year', '2026-08', '2027-01'),
      session('spring', 'term', 'year', '2027-02', '2027-06'),
    ],
    courses: ['art', 'bio'].map((id) => ({
      ...{ sourcedId: id, schoolYearSourcedId: '', title: text(id, 'title'), courseCode: text(id, 'code') },
      orgSourcedId: org,
    })),
    classes: ['c1', 'c2', 'c3'].map((id) => ({
      ...{
        sourcedId: id,
        title: text(id, 'title'),
        courseSourcedId: values.one('art', 'bio'),
        classCode: text(id, 'code'),
      },
      ...{ location: values.orNone(values.one('Studio', `Lab ${n % 5}`)), schoolSourcedId: org },
      termSourcedIds: values.one('fall', 'spring', 'fall,spring'),
    })),
    users,
    demographics: ['s1', 's2', 's3'].map((id) => ({ sourcedId: id, birthDate: values.day('2012-03'), sex: 'female' })),
    enrollments,
  }
  if (random.isChosen(0.4)) {
    rows.users.push(person(values, org, `s${100 + n}`, 'student'))
    rows.enrollments.push({ ...seat(values, org, `e${100 + n}`, `s${100 + n}`, 'c2'), status: 'active' })
  }
  return Object.fromEntries(
    Object.entries(rows).map(([kind, of]) => [kind, { columns: [...columns[kind as Kind]], rows: of }]),
  ) as Record<Kind, Table>
}
