/** Whatever is done at random is taken back step by step: then every table is as it was before. And done again likewise. */
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classInstructors, enrollments, journal } from '../../../db/schema/index.ts'
import { DomainError } from '../../../server/errors.ts'
import { seen } from '../../setup/answers.ts'
import type { Caller } from '../../setup/people.ts'
import { as, db } from '../../setup/people.ts'
import { api, registrar, school, undo } from '../../setup/school.ts'
import { cases } from '../../thorough.ts'
import { everything, sinceThen } from './undoing.ts'

const three = fc.nat(2)
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ verb: fc.constant('enroll' as const), student: three, klass: three, waits: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constantFrom('withdraw' as const, 'complete' as const, 'reinstate' as const),
      row: fc.nat(9),
    }),
  },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('class' as const), klass: three, room: three, seats: three }) },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constant('terms' as const), klass: three, terms: fc.subarray([0, 1]) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ verb: fc.constant('meet' as const), klass: three, room: three, weekday: fc.nat(4) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('assign' as const),
      klass: three,
      instructor: three,
      primary: fc.boolean(),
      dated: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('unassign' as const), row: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('archive' as const),
      kind: fc.constantFrom('students' as const, 'classes' as const, 'rooms' as const),
      which: three,
      standing: fc.constantFrom('end' as const, 'keep' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('shorten' as const), term: fc.nat(1), by: fc.nat(9) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

let made = 0
async function makeWorld() {
  const label = `P${++made}`
  const ids = async (make: (index: number) => Promise<{ id: string }>, count = 3) => {
    const found: string[] = []
    for (let index = 0; index < count; index++) found.push((await make(index)).id)
    return found
  }
  return {
    students: await ids((index) => api().students.create({ givenName: `S${index}`, familyName: label })),
    instructors: await ids((index) => api().instructors.create({ givenName: `I${index}`, familyName: label })),
    rooms: await ids((index) => api().rooms.create({ name: `${label} ${index}` })),
    classes: await ids((index) => api().classes.create({ title: `${label} ${index}`, capacity: 2 })),
    terms: await ids(
      (index) =>
        api().academicSessions.create({
          ...{ title: `${label} ${index}`, type: 'term' },
          ...{ startDate: '2026-09-01', endDate: '2026-12-18' },
        }),
      2,
    ),
  }
}
type World = Awaited<ReturnType<typeof makeWorld>>

const nth = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(items.length, 1)]
const rowsOf = async (table: typeof enrollments | typeof classInstructors, { classes }: World) =>
  (await db.select().from(table).where(eq(table.schoolId, school.id)).orderBy(table.id)).filter(({ classId }) =>
    classes.includes(classId),
  )

async function seatAct(who: Caller, world: World, verb: 'withdraw' | 'complete' | 'reinstate', index: number) {
  const row = nth(await rowsOf(enrollments, world), index)
  if (!row) return
  if (verb === 'withdraw') await who.enrollments.withdraw({ ...seen(row), reason: 'other' })
  else if (verb === 'complete') await who.enrollments.complete(seen(row))
  else await who.enrollments.reinstate(seen(row))
}

async function classAct(who: Caller, world: World, one: Extract<Act, { klass: number }>) {
  const id = world.classes[one.klass] ?? ''
  if (one.verb === 'enroll')
    return who.classes.enroll({ classId: id, studentIds: [world.students[one.student] ?? ''], waitlist: one.waits })
  if (one.verb === 'assign') {
    const fields = { isPrimary: one.primary, beginDate: one.dated ? '2026-11-23' : null }
    return who.classInstructors.create({
      classId: id,
      instructorId: world.instructors[one.instructor] ?? '',
      ...fields,
    })
  }
  if (one.verb === 'meet') {
    const { meetings } = await api().meetings.list({ classId: id })
    const slot = {
      weekday: one.weekday + 1,
      startTime: '13:00',
      endTime: '14:00',
      roomId: world.rooms[one.room] ?? null,
    }
    const days = { from: '2026-11-23', to: null }
    return who.meetings.update({ classId: id, meetings: one.weekday ? [slot] : [], seen: meetings.map(seen), ...days })
  }
  const { version } = await api().classes.get({ id })
  if (one.verb === 'terms')
    return who.classes.update({ id, version, academicSessionIds: one.terms.map((index) => world.terms[index] ?? '') })
  return who.classes.update({ id, version, roomId: world.rooms[one.room] ?? null, capacity: one.seats + 1 })
}

async function perform(who: Caller, world: World, one: Act): Promise<unknown> {
  if ('klass' in one) return classAct(who, world, one)
  if (one.verb === 'unassign') {
    const row = nth(await rowsOf(classInstructors, world), one.row)
    return row && who.classInstructors.archive(seen(row))
  }
  if (one.verb === 'shorten') {
    const { id, version } = await api().academicSessions.get({ id: world.terms[one.term] ?? '' })
    return who.academicSessions.update({ id, version, endDate: `2026-12-0${one.by || 1}` })
  }
  if (one.verb !== 'archive') return seatAct(who, world, one.verb, one.row)
  const { id, version, archivedAt } = await api()[one.kind].get({ id: world[one.kind][one.which] ?? '' })
  return archivedAt
    ? who[one.kind].restore({ id, version })
    : who[one.kind].archive({ id, version, standing: one.standing })
}

/** The operation, if it was allowed and changed anything. */
async function operationOf(world: World, one: Act): Promise<string | undefined> {
  const key = newId()
  try {
    await perform(as(registrar, { key }), world, one)
  } catch (error) {
    if (!((error as { cause?: unknown }).cause instanceof DomainError)) throw error
    return undefined
  }
  const [entry] = await db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, key)))
    .limit(1)
  return entry && key
}

test('what was done at random and taken back, the last first, leaves everything as it was; and so does doing it again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      const world = await makeWorld()
      const before = await everything()
      const operations: string[] = []
      for (const one of acts) {
        const operation = await operationOf(world, one)
        if (operation) operations.push(operation)
      }
      const done = await everything()
      const undone: string[] = []
      for (const operation of operations.toReversed()) undone.push((await undo(operation)).operationId)
      expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
      for (const operation of undone.toReversed()) await undo(operation)
      expect(await everything()).toEqual(done)
    }),
    { numRuns: cases(4, 50), endOnFailure: true },
  )
})
