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
import { as, caller, db, makePerson, makeSchool, now, requestOf } from '../setup/people.ts'
import { makeBells, makeRecords } from '../setup/records.ts'
import { idPlaces, inputObjects, inputOf, procedures } from '../setup/sample-input.ts'

let home: School
let other: School
const people = new Map<string, Person | null>([['nobody', null]])
/** The other school's ids, by the name of the input field that takes them. */
let foreign: Record<string, string>
/** The same of the school that is asked. */
let own: Record<string, string>

async function idsIn(school: School): Promise<Record<string, string>> {
  const records = await makeRecords(school)
  const bells = await makeBells(school)
  const { userId } = await makePerson(school, 'viewer')
  const [member] = await db.select({ id: memberships.id }).from(memberships).where(eq(memberships.userId, userId))
  const [operation] = await db.select({ id: operations.id }).from(operations).where(eq(operations.schoolId, school.id))
  const given = { name: 'Script', role: 'viewer', scopes: ['room.read'], days: 1 } as const
  const administrator = await makePerson(school, 'administrator')
  await as(administrator).apiTokens.createService({ ...given, scopes: [...given.scopes] })
  const [token] = await as(administrator).apiTokens.list()
  const hook = { name: 'Library', url: 'https://hooks.example/', entities: ['student' as const] }
  const { id: webhookId } = await as(administrator).webhooks.create(hook)
  const sessionId = newId()
  await db.transaction(noSchool, (tx) => startSession(tx, sessionId, userId, now))
  return {
    ...records,
    ...bells,
    membershipId: member?.id ?? '',
    actorId: userId,
    operationId: operation?.id ?? '',
    sessionId,
    apiTokenId: token?.id ?? '',
    webhookId,
    memberId: token?.memberId ?? '',
    parentId: records.academicSessionId,
    // Of the first kind it may be.
    entityId: records.studentId,
  }
}

beforeAll(async () => {
  home = await makeSchool('Home')
  other = await makeSchool('Other')
  for (const role of roles) people.set(role, await makePerson(home, role))
  foreign = await idsIn(other)
  own = await idsIn(home)
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
      `${path.padEnd(28)} ${(_def.meta?.permission ?? '').padEnd(22)} ${cells.join('  ')}${_def.meta?.once ? '  (once)' : ''}${_def.meta?.fresh ? '  (fresh)' : ''}`,
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
  apiTokens: 'apiTokenId',
  classes: 'classId',
  classInstructors: 'classInstructorId',
  courses: 'courseId',
  departments: 'departmentId',
  enrollments: 'enrollmentId',
  guardians: 'guardianId',
  imports: 'importId',
  instructors: 'instructorId',
  calendars: 'calendarDayId',
  // Its first kind of record.
  journal: 'studentId',
  members: 'membershipId',
  photos: 'studentId',
  meetings: 'meetingId',
  periods: 'periodId',
  programs: 'programId',
  rooms: 'roomId',
  savedViews: 'savedViewId',
  schoolEnrollments: 'schoolEnrollmentId',
  students: 'studentId',
  studentAlerts: 'studentAlertId',
  studentGuardians: 'studentGuardianId',
  webhooks: 'webhookId',
}

/** Refused as unknown, or an empty answer of a list that is filtered by it. A rest of a list has changed when nothing matches. */
const unknownId =
  /\.not_found$|^many\.(refused|changed)$|^(meeting|calendarDay|period)\.stale$|^answers (0|\[\]|\{"rows":\[\],"next":null\})$/

// A browser's tab is no record: it names itself, as a pasted row names what is made with it. What a whole list leaves out changes nothing.
// A flag's people may be of any school: owners of the register alone name them.
const namesNoRecord = new Set(['tab', 'as', 'except', 'people'])
test("another school's id is as unknown as an id nobody has, wherever an input takes one", async () => {
  const administrator = people.get('administrator') ?? null
  const tried: string[] = []
  for (const [path, procedure] of procedures) {
    const schema = inputOf(procedure)
    const nameOf = (field: string) => (/^ids?$/.test(field) ? (idsOf[path.split('.')[0] ?? ''] ?? '') : field)
    for (const place of schema ? idPlaces(schema).filter(({ field }) => !namesNoRecord.has(field)) : []) {
      const where = `${path} ${place.path}`
      const id = foreign[nameOf(place.field)]
      expect(id, `${where}: give makeRecords a record for it`).toBeTruthy()
      const ask = (one: string) =>
        outcome(
          path,
          administrator,
          home,
          place.input(one, (field) => own[nameOf(field)]),
        )
      const theirs = await ask(id ?? '')
      expect(theirs, where).toBe(await ask(newId()))
      // A form asks for conflicts while somebody types, and is told of none in a room that is not there.
      if (!/^meetings\.conflicts meetings\[\]\.(room|period)Id$/.test(where)) expect(theirs, where).toMatch(unknownId)
      tried.push(where)
    }
  }
  expect(tried).toContain('classes.updateMany set.academicSessionIds[]')
  expect(tried).toContain('meetings.update meetings[].roomId')
  expect(tried.length).toBeGreaterThan(150)
})
