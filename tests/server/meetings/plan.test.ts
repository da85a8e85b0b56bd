/** The statement and the plan against models that walk through every single day. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classes, classInstructors, enrollments, meetings } from '../../../db/schema/index.ts'
import { addDays, weekdayOf } from '../../../server/calendar.ts'
import type { School } from '../../../server/context.ts'
import { findConflicts } from '../../../server/meetings/conflicts.ts'
import type { Slot } from '../../../server/meetings/input.ts'
import type { MeetingRow } from '../../../server/meetings/plan.ts'
import { planMeetings } from '../../../server/meetings/plan.ts'
import { db, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'
import { cases } from '../../thorough.ts'
import { timetableOf } from './timetable.ts'

let school: School
let roomIds: string[]
let instructorIds: string[]
let studentIds: string[]
beforeAll(async () => {
  school = await makeSchool()
  const has = timetableOf(await makePerson(school, 'registrar'))
  roomIds = [await has.room('A'), await has.room('B')]
  instructorIds = [await has.instructor('I', 'One'), await has.instructor('I', 'Two')]
  studentIds = [await has.student('S', 'One'), await has.student('S', 'Two'), await has.student('S', 'Three')]
})
afterAll(() => db.close())

const first = '2026-11-02'
const horizon = 30
const everyDay = Array.from({ length: horizon }, (_, index) => addDays(first, index))

const day = fc.integer({ min: 0, max: horizon - 1 }).map((index) => addDays(first, index))
const range = fc
  .tuple(fc.option(day, { freq: 2 }), fc.option(day, { freq: 2 }))
  .map(([a, b]) => (a && b && a > b ? { begin: b, end: a } : { begin: a, end: b }))
const fixedRange = fc
  .tuple(day, fc.option(day, { freq: 2 }))
  .map(([a, b]) => (b && a > b ? { from: b, to: a } : { from: a, to: b as string | null }))
const time = fc
  .tuple(fc.integer({ min: 8, max: 10 }), fc.integer({ min: 1, max: 2 }), fc.constantFrom('00', '30'))
  .map(([hour, length, minute]) => ({
    startTime: `${String(hour).padStart(2, '0')}:${minute}`,
    endTime: `${String(hour + length).padStart(2, '0')}:00`,
  }))
  .filter(({ startTime, endTime }) => startTime < endTime)
const place = fc.record({
  weekday: fc.integer({ min: 1, max: 2 }),
  room: fc.option(fc.integer({ min: 0, max: 1 })),
  time,
})
const rowsOf = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { minLength: 1, maxLength })
const stay = fc.record({ who: fc.integer({ min: 0, max: 2 }), range })
const group = fc.record({
  meetings: rowsOf(fc.record({ place, days: fixedRange }), 3),
  students: rowsOf(stay, 3),
  instructors: rowsOf(fc.record({ who: fc.integer({ min: 0, max: 1 }), range }), 2),
})
type Group = typeof group extends fc.Arbitrary<infer T> ? T : never
type Place = Group['meetings'][number]['place']
type Stay = Group['students'][number]

const holds = ({ begin, end }: Stay['range'], on: string) => (!begin || begin <= on) && (!end || on <= end)
const slotOf = ({ weekday, room, time: when }: Place): Slot => ({
  weekday,
  cycleDay: null,
  periodId: null,
  ...when,
  roomId: room === null ? null : (roomIds[room] ?? null),
})

/** Each kind, wanted meeting and other meeting that really share somebody or something on some day. */
function collisions(own: Group, wanted: readonly Place[], others: readonly Group[], from: string, to: string | null) {
  const found = new Set<string>()
  const days = everyDay.filter((on) => on >= from && (!to || on <= to))
  const both = (on: string, a: readonly Stay[], b: readonly Stay[]) =>
    a.some((one) => holds(one.range, on) && b.some(({ who, range: r }) => who === one.who && holds(r, on)))
  for (const on of days)
    for (const [index, slot] of wanted.entries())
      for (const [g, other] of others.entries())
        for (const [m, meeting] of other.meetings.entries()) {
          const isHeld = meeting.days.from <= on && (!meeting.days.to || on <= meeting.days.to)
          const { place: at } = meeting
          const sameTime =
            at.weekday === weekdayOf(on) &&
            slot.weekday === weekdayOf(on) &&
            at.time.startTime < slot.time.endTime &&
            slot.time.startTime < at.time.endTime
          if (!isHeld || !sameTime) continue
          if (at.room !== null && at.room === slot.room) found.add(`room ${index} ${g}.${m}`)
          if (both(on, own.instructors, other.instructors)) found.add(`instructor ${index} ${g}.${m}`)
          if (both(on, own.students, other.students)) found.add(`student ${index} ${g}.${m}`)
        }
  return [...found].toSorted()
}

/** Writes the classes with their people; ends are kept inside the horizon, so that the model sees every day there is. */
async function store(groups: readonly Group[]) {
  const ids = groups.map(() => newId())
  const names = new Map<string, string>()
  const schoolId = school.id
  const stays = (list: readonly Stay[]) =>
    list.map(({ who, range: r }) => ({ who, beginDate: r.begin, endDate: r.end }))
  const all = groups.map((one, g) => ({ ...one, classId: ids[g] ?? '', g }))
  const held = all.flatMap(({ meetings: list, classId, g }) =>
    list.map(({ place: at, days }, m) => {
      const id = newId()
      names.set(id, `${g - 1}.${m}`)
      const validTo = days.to ?? everyDay.at(-1) ?? null
      return { schoolId, id, classId, ...slotOf(at), validFrom: days.from, validTo }
    }),
  )
  const seats = all.flatMap(({ students, classId }) =>
    stays(students).map(({ who, ...days }) => ({
      ...{ schoolId, classId, ...days },
      studentId: studentIds[who] ?? '',
      status: 'enrolled' as const,
    })),
  )
  const duties = all.flatMap(({ instructors, classId }) =>
    stays(instructors).map(({ who, ...days }) => ({
      ...{ schoolId, classId, ...days },
      instructorId: instructorIds[who] ?? '',
    })),
  )
  await writeInSchool(schoolId, async (tx) => {
    await tx
      .insert(classes)
      .values(all.map(({ classId, g }) => ({ schoolId, id: classId, title: `G${g}`, sortName: `g${g}` })))
    await tx.insert(meetings).values(held)
    await tx.insert(enrollments).values(seats)
    await tx.insert(classInstructors).values(duties)
    return []
  })
  return { ids, names }
}

/** One person's ranges in one class begin on different days: the tables hold each once. */
const apart = (stays: readonly Stay[]) =>
  new Set(stays.map(({ who, range: r }) => `${who} ${r.begin ?? ''}`)).size === stays.length
const isStorable = ({ students, instructors }: Group) => apart(students) && apart(instructors)

test('the statement finds what a walk through every day finds', async () => {
  const groups = fc.array(group.filter(isStorable), { minLength: 3, maxLength: 5 })
  const wanted = fc.array(place, { minLength: 1, maxLength: 3 })
  let collided = 0
  await fc.assert(
    fc.asyncProperty(groups, wanted, fixedRange, async ([own, ...others], slots, { from, to }) => {
      if (!own) return
      const { ids, names } = await store([{ ...own, meetings: [] }, ...others])
      const question = { schoolId: school.id, classId: ids[0] ?? '', from, to, meetings: slots.map(slotOf) }
      const found = await findConflicts(db, question)
      const expected = collisions(own, slots, others, from, to)
      collided += expected.length
      // Rooms are the school's: other runs of this test are in them too.
      const ours = found.filter(({ meetingId }) => names.has(meetingId))
      expect(ours.map((one) => `${one.kind} ${one.place} ${names.get(one.meetingId)}`).toSorted()).toEqual(expected)
    }),
    { numRuns: cases(12, 40), seed: 20261120 },
  )
  expect(collided).toBeGreaterThan(cases(5, 50))
})

const slotKey = (slot: Pick<Slot, 'weekday' | 'startTime' | 'endTime' | 'roomId'>) =>
  `${slot.weekday} ${slot.startTime} ${slot.endTime} ${slot.roomId}`

test('a plan changes exactly the days it is for, and no day before them', () => {
  const stored = fc.array(fc.record({ place, days: fixedRange }), { maxLength: 5 })
  const slots = fc.uniqueArray(place, { maxLength: 3, selector: (one) => JSON.stringify(one) })
  fc.assert(
    fc.property(stored, slots, fixedRange, (held, wanted, days) => {
      const rows = held.map(
        ({ place: at, days: { from, to } }, index) =>
          ({ ...slotOf(at), id: String(index), version: 1, validFrom: from, validTo: to }) as unknown as MeetingRow,
      )
      const plan = planMeetings(rows, wanted.map(slotOf), days, new Date(0))
      const changed = new Map([...plan.cut, ...plan.changed].map(({ row, fields }) => [row.id, { ...row, ...fields }]))
      const after = [
        ...rows.map((row) => changed.get(row.id) ?? row).filter(({ archivedAt }) => !archivedAt),
        ...plan.added.map(({ fields }) => fields),
        ...plan.resumed,
      ] as MeetingRow[]
      const on = (list: readonly MeetingRow[], day: string) =>
        new Set(
          list
            .filter((row) => row.validFrom <= day && (!row.validTo || day <= row.validTo))
            .filter(isOn(day))
            .map(slotKey),
        )
      const isOn = (day: string) => (one: Pick<Slot, 'weekday'>) => one.weekday === weekdayOf(day)
      for (const day of [...everyDay, addDays(first, horizon + 7)]) {
        const isWithin = days.from <= day && (!days.to || day <= days.to)
        expect(on(after, day), day).toEqual(
          isWithin ? new Set(wanted.map(slotOf).filter(isOn(day)).map(slotKey)) : on(rows, day),
        )
      }
      for (const { id, validFrom, validTo } of rows) {
        const now = changed.get(id) as MeetingRow | undefined
        if (!now || validFrom >= days.from) continue
        expect(slotKey(now), 'a row with held days keeps its times').toBe(slotKey(rows[Number(id)] as MeetingRow))
        expect(now.validFrom).toBe(validFrom)
        expect(!now.validTo || now.validTo >= addDays(days.from, -1) || now.validTo === validTo).toBe(true)
      }
    }),
    { numRuns: cases(150, 500), seed: 20261120 },
  )
})
