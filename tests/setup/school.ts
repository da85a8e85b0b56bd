/** The file's own school, whose registrar does things in it through the router, in as few words as a test wants. */
import { afterAll } from 'vitest'
import { newId } from '../../db/kit.ts'
import type { Person, RequestContext } from '../../server/trpc.ts'
import type { Caller } from './people.ts'
import { as, db, makePerson, makeSchool, now } from './people.ts'

afterAll(() => db.close())

export const school = await makeSchool()
export const registrar = await makePerson(school, 'registrar')
export const api = (more: Partial<RequestContext> = {}): Caller => as(registrar, more)

/** The day at the school; it is nine o'clock. */
export const today = '2026-11-20'
export const later = (days: number, hours = 0) => ({ now: new Date(now.getTime() + (days * 24 + hours) * 3_600_000) })

/** Does it under a key of its own, which is the operation's id. */
export async function doing(
  work: (who: Caller) => Promise<unknown>,
  who: Person = registrar,
  more: Partial<RequestContext> = {},
): Promise<string> {
  const key = newId()
  await work(as(who, { ...more, key }))
  return key
}
export const undo = (operationId: string, who: Person = registrar, more: Partial<RequestContext> = {}) =>
  as(who, more).journal.undo({ operationId })

type Create<Feature extends 'students' | 'classes' | 'instructors' | 'rooms' | 'academicSessions'> = Partial<
  Parameters<Caller[Feature]['create']>[0]
>
let made = 0
const numbered = (letter: string) => `${letter}${String(++made).padStart(5, '0')}`

/** New students, by id. Their family names are in the order of making. */
export async function makeStudents(count: number): Promise<string[]> {
  const items = Array.from({ length: count }, () => ({ givenName: 'Sam', familyName: numbered('S') }))
  const { outcomes } = await api().students.createMany({ items })
  return outcomes.map(({ id }) => String(id))
}
export const makeStudent = (more: Create<'students'> = {}) =>
  api().students.create({ givenName: 'Sam', familyName: numbered('S'), ...more })
export const makeInstructor = (more: Create<'instructors'> = {}) =>
  api().instructors.create({ givenName: 'Ines', familyName: numbered('I'), ...more })
export const makeRoom = (more: Create<'rooms'> = {}) => api().rooms.create({ name: numbered('R'), ...more })
export const makeClass = (capacity: number | null = null, more: Create<'classes'> = {}) =>
  api().classes.create({ title: numbered('Art '), capacity, ...more })

export const makeTerm = (title: string, more: Create<'academicSessions'> = {}) =>
  api().academicSessions.create({ title, type: 'term', startDate: '2026-09-01', endDate: '2026-12-18', ...more })

type Enroll = Parameters<Caller['classes']['enroll']>[0]
export const enroll = (classId: string, studentIds: string[], more: Partial<Enroll> = {}) =>
  api().classes.enroll({ classId, studentIds, ...more })

/** The roster's row of a student: the last of several. */
export async function rowOf(classId: string, studentId: string | undefined) {
  const { roster } = await api().classes.get({ id: classId })
  const row = roster.findLast((one) => one.studentId === studentId)
  if (!row) throw new Error('the student is not on the roster')
  return row
}
export async function withdraw(classId: string, studentId: string | undefined, more = {}, who = api()) {
  const { id, version } = await rowOf(classId, studentId)
  return who.enrollments.withdraw({ id, version, reason: 'moved', ...more })
}
