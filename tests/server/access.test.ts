/** Walks the whole router: a new procedure is in these tests from its first day. */
import { TRPCError } from '@trpc/server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { memberships, operations } from '../../db/schema/index.ts'
import { roles } from '../../db/values.ts'
import { startSession } from '../../server/auth/sessions.ts'
import type { School } from '../../server/context.ts'
import { DomainError } from '../../server/errors.ts'
import type { Person } from '../../server/trpc.ts'
import { guard } from '../../server/trpc.ts'
import type { Caller } from '../setup/people.ts'
import { caller, db, makePerson, makeSchool, now, requestOf } from '../setup/people.ts'
import { makeRecords } from '../setup/records.ts'
import { idFields, inputObjects, inputOf, procedures, sampleInput } from '../setup/sample-input.ts'

let home: School
let other: School
const people = new Map<string, Person | null>([['nobody', null]])
/** The other school's ids, by the name of the input field that takes them. */
let foreign: Record<string, string>

beforeAll(async () => {
  home = await makeSchool('Home')
  other = await makeSchool('Other')
  for (const role of roles) people.set(role, await makePerson(home, role))
  const records = await makeRecords(other)
  const { userId } = await makePerson(other, 'viewer')
  const [member] = await db.select({ id: memberships.id }).from(memberships).where(eq(memberships.userId, userId))
  const [operation] = await db.select({ id: operations.id }).from(operations).where(eq(operations.schoolId, other.id))
  const sessionId = newId()
  await db.transaction(noSchool, (tx) => startSession(tx, sessionId, userId, now))
  foreign = {
    ...records,
    membershipId: member?.id ?? '',
    actorId: userId,
    operationId: operation?.id ?? '',
    sessionId,
    parentId: records.academicSessionId,
    // Of the first kind it may be.
    entityId: records.studentId,
  }
})
afterAll(() => db.close())

type Call = (input: unknown) => Promise<unknown>
const callOf = (who: Caller, path: string): Call =>
  path.split('.').reduce((part, name) => (part as Record<string, unknown>)[name] as object, who as object) as Call

const reasonOf = (error: unknown) => {
  const cause = error instanceof TRPCError ? error.cause : undefined
  return cause instanceof DomainError ? cause.reason : error instanceof TRPCError ? error.code : String(error)
}
const outcome = (path: string, person: Person | null, school: School, input: unknown): Promise<string> =>
  callOf(caller(requestOf(person, school)), path)(input).then((answer) => `answers ${JSON.stringify(answer)}`, reasonOf)

test('every procedure says who may call it, and carries the guard', () => {
  const [instance] = (guard as unknown as { _middlewares: unknown[] })._middlewares
  for (const [path, { _def }] of procedures) {
    expect(
      _def.meta?.permission,
      `${path} needs a permission: build it with open, signedIn, reading or writing`,
    ).toBeTruthy()
    expect((_def as unknown as { middlewares: unknown[] }).middlewares, `${path} lacks the guard`).toContain(instance)
  }
})

test('every input refuses keys it does not know', () => {
  const loose = procedures.filter(([, procedure]) => {
    const input = inputOf(procedure)
    return input && inputObjects(input).some((object) => object.additionalProperties !== false)
  })
  expect(
    loose.map(([path]) => path),
    'use z.strictObject in their input.ts',
  ).toEqual([])
})

test('who may call what is as reviewed, and is decided before the input is looked at', async () => {
  const lines: string[] = []
  for (const [path, { _def }] of procedures) {
    const cells: string[] = []
    for (const [name, person] of people) {
      const result = await outcome(path, person, home, { nonsense: true })
      const refused = result === 'session.missing' || result === 'permission.missing'
      cells.push(`${name} ${refused ? '-' : 'yes'}`)
    }
    lines.push(
      `${path.padEnd(28)} ${(_def.meta?.permission ?? '').padEnd(22)} ${cells.join('  ')}${_def.meta?.once ? '  (once)' : ''}`,
    )
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('access.matrix.txt')
})

test('a person of one school is told that another school does not exist', async () => {
  for (const [path, { _def }] of procedures.filter(
    ([, p]) => !['open', 'signedIn'].includes(p._def.meta?.permission ?? ''),
  )) {
    expect(await outcome(path, people.get('administrator') ?? null, other, {}), `${path} ${_def.type}`).toBe(
      'school.not_found',
    )
  }
})

/** Which record a feature's `id` is. */
const idsOf: Record<string, string> = {
  academicSessions: 'academicSessionId',
  classes: 'classId',
  classInstructors: 'classInstructorId',
  courses: 'courseId',
  departments: 'departmentId',
  enrollments: 'enrollmentId',
  guardians: 'guardianId',
  instructors: 'instructorId',
  // Its first kind of record.
  journal: 'studentId',
  members: 'membershipId',
  meetings: 'meetingId',
  programs: 'programId',
  rooms: 'roomId',
  savedViews: 'savedViewId',
  students: 'studentId',
  studentAlerts: 'studentAlertId',
  studentGuardians: 'studentGuardianId',
}

// A browser's tab is no record: it names itself.
test("another school's id is as unknown as an id nobody has", async () => {
  const tried: string[] = []
  for (const [path, procedure] of procedures) {
    const schema = inputOf(procedure)
    for (const field of schema ? idFields(schema).filter((name) => name !== 'tab') : []) {
      const id = foreign[field === 'id' ? (idsOf[path.split('.')[0] ?? ''] ?? '') : field]
      expect(id, `${path} takes ${field}: give makeRecords a record for it`).toBeTruthy()
      const sample = sampleInput(schema as NonNullable<typeof schema>)
      const administrator = people.get('administrator') ?? null
      const theirs = await outcome(path, administrator, home, { ...sample, [field]: id })
      const nobodys = await outcome(path, administrator, home, { ...sample, [field]: newId() })
      expect(theirs, `${path} ${field}`).toBe(nobodys)
      const isFilter = /\.(list|count)$/.test(path) && !(field in sample)
      expect(theirs, `${path} ${field}`).toMatch(
        isFilter ? /^answers (0|\{"rows":\[\],"next":null\})$/ : /\.not_found$/,
      )
      tried.push(`${path} ${field}`)
    }
  }
  expect(tried.length).toBeGreaterThan(8)
})
