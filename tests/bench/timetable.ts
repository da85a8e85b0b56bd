/**
 * What a conflict check costs in a school of 2,300 classes, 7,600 students and 106,000 enrollments: 20 ms p95. Run by
 * bench.ts, once per database; with `plan`, it shows how the database goes about it.
 */
import { and, asc, eq, sql } from 'drizzle-orm'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { classes, enrollments, meetings } from '../../db/schema/index.ts'
import { changeDaysInput, layOutInput } from '../../server/calendars/input.ts'
import { readCalendarDays } from '../../server/calendars/read.ts'
import { changeDays, layOutDays } from '../../server/calendars/write.ts'
import type { Context } from '../../server/context.ts'
import { fillDemoSchool } from '../../server/demo/fill.ts'
import { checkMeetings } from '../../server/meetings/check.ts'
import { readFree } from '../../server/meetings/free.ts'
import type { PlannedFor } from '../../server/meetings/held-on.ts'
import { heldOn } from '../../server/meetings/held-on.ts'
import { conflictsInput, freeInput, masterInput } from '../../server/meetings/input.ts'
import { readMaster } from '../../server/meetings/master.ts'
import { studentConflicts } from '../../server/meetings/read.ts'
import { readSchoolDays } from '../../server/meetings/school-days.ts'
import { readWeek } from '../../server/meetings/week.ts'

const db = await open()
const [students, wantedClasses, wantedEnrollments] = [7_600, 2_300, 106_000]
const { school } = await fillDemoSchool(db, { students, name: 'Bench timetable' })
const schoolId = school.id
const only = eq(classes.schoolId, schoolId)

/** The demo school has one class for each subject; a big school offers about as much again in each half of the year. */
async function enlarge(): Promise<void> {
  const all = await db.select().from(classes).where(only).orderBy(asc(classes.id))
  const held = await db.select().from(meetings).where(eq(meetings.schoolId, schoolId))
  const seats = await db
    .select()
    .from(enrollments)
    .where(eq(enrollments.schoolId, schoolId))
    .orderBy(asc(enrollments.id))
  const copies = new Map(all.slice(0, wantedClasses - all.length).map(({ id }) => [id, newId()]))
  const later = { validFrom: '2027-08-30', validTo: '2028-06-16' }
  const moreClasses = all.flatMap((row) => {
    const id = copies.get(row.id)
    return id ? [{ ...row, id, sourcedId: null }] : []
  })
  const moreMeetings = held.flatMap((row) => {
    const classId = copies.get(row.classId)
    return classId ? [{ ...row, id: newId(), classId, ...later }] : []
  })
  const targets = [...copies.values()]
  const moreSeats = seats.slice(0, wantedEnrollments - seats.length).map((row, index) => ({
    ...row,
    id: newId(),
    classId: copies.get(row.classId) ?? targets[index % targets.length] ?? '',
    beginDate: later.validFrom,
    endDate: later.validTo,
    sourcedId: null,
  }))
  const distinct = new Map(moreSeats.map((row) => [`${row.classId} ${row.studentId}`, row]))
  const inserts = [
    [classes, moreClasses],
    [meetings, moreMeetings],
    [enrollments, [...distinct.values()]],
  ] as const
  await db.transaction(schoolId, async (tx) => {
    for (const [table, rows] of inserts)
      for (let from = 0; from < rows.length; from += 500)
        await tx.insert(table as typeof classes).values(rows.slice(from, from + 500) as never)
  })
}

const ctx: Context = {
  db,
  school: { ...school, isDemo: true },
  actor: { userId: null, role: 'administrator', instructorId: null },
  now: new Date('2026-11-20T15:00:00Z'),
}

async function measured(name: string, count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = []
  const began = process.cpuUsage()
  for (let index = -10; index < count; index++) {
    const started = performance.now()
    await work(Math.max(0, index))
    if (index >= 0) taken.push(performance.now() - started)
  }
  const at = (share: number) => (taken.toSorted((a, b) => a - b)[Math.floor(taken.length * share)] ?? 0).toFixed(1)
  console.log(
    `${name.padEnd(44)} ${at(0.5).padStart(8)} ms p50 ${at(0.95).padStart(8)} ms p95 ${cpu(began, count)} CPU ms`,
  )
}
/** Of this process, for each time. */
const cpu = (began: NodeJS.CpuUsage, count: number) => {
  const { user, system } = process.cpuUsage(began)
  return ((user + system) / 1_000 / (count + 10)).toFixed(1).padStart(8)
}

await enlarge()
await db.optimize()
const counted = async (table: typeof classes | typeof enrollments) => {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(table as typeof classes)
    .where(eq((table as typeof classes).schoolId, schoolId))
  return Number(row?.n)
}
console.log(`${await counted(classes)} classes, ${await counted(enrollments)} enrollments`)

const chosen = await db
  .select({ id: classes.id, roomId: classes.roomId })
  .from(classes)
  .where(only)
  .orderBy(asc(classes.code))
  .limit(400)
const collidingHours = [
  ['09:20', '10:05'],
  ['12:30', '13:15'],
] as const
const freeHours = [['16:00', '16:45']] as const
/** Five meetings in the class's own room, at hours that others have. */
const wanted = (index: number, hours: readonly (readonly [string, string])[] = collidingHours) => {
  const { id, roomId } = chosen[(index * 7) % chosen.length] ?? chosen[0] ?? { id: '', roomId: null }
  const [startTime, endTime] = hours[index % hours.length] ?? freeHours[0]
  const slots = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startTime, endTime, roomId }))
  return conflictsInput.parse({ classId: id, from: '2026-11-23', to: '2027-06-18', meetings: slots })
}
let found = 0
await measured('conflict check, nothing collides', 200, (index) => checkMeetings(ctx, wanted(index, freeHours)))
await measured('conflict check, every student collides', 200, async (index) => {
  found += (await checkMeetings(ctx, wanted(index))).conflicts.length
})
console.log(`${''.padEnd(44)} ${(found / 210).toFixed(1)} conflicts each`)
const [seat] = await db
  .select({ classId: enrollments.classId })
  .from(enrollments)
  .where(eq(enrollments.schoolId, schoolId))
  .limit(1)
const inClass = await db
  .select({ id: enrollments.studentId })
  .from(enrollments)
  .where(and(eq(enrollments.schoolId, schoolId), eq(enrollments.classId, seat?.classId ?? '')))
const studentIds = inClass.map(({ id }) => id)
await measured(`conflicts of ${studentIds.length} students with a class`, 100, (index) =>
  studentConflicts(ctx, { classId: wanted(index).classId, studentIds }),
)
/** All meetings of the school in a week, with their days and times. */
const plannedInWeek = async () => {
  const of = await readSchoolDays(db, schoolId, { beginDate: '2026-11-23', endDate: '2026-11-29' })
  const rows = await db.rows<
    Record<string, string | number | null>
  >(sql`select id, weekday, cycle_day, period_id, start_time, end_time,
    cast(valid_from as text) as valid_from, cast(valid_to as text) as valid_to from ${meetings}
    where school_id = ${schoolId} and archived_at is null
      and valid_from <= ${'2026-11-29'} and (valid_to is null or valid_to >= ${'2026-11-23'})`)
  const planned: PlannedFor[] = rows.map((row) => ({
    ...{ weekday: row.weekday as number | null, cycleDay: row.cycle_day as number | null },
    ...{ periodId: row.period_id as string | null, startTime: String(row.start_time), endTime: String(row.end_time) },
    ...{ validFrom: String(row.valid_from), validTo: row.valid_to as string | null },
  }))
  return { of, planned }
}
const week = { from: '2026-11-23', to: '2026-11-29' }
const told = async (when: string) => {
  const { of, planned } = await plannedInWeek()
  console.log(`${when}: ${heldOn(of, planned, week).length} meetings in the week`)
  await measured('heldOn of the whole school’s week', 50, async () => heldOn(of, planned, week))
  await measured('the same, with its two reads', 50, async () => {
    const read = await plannedInWeek()
    return heldOn(read.of, read.planned, week)
  })
  await measured('conflict check, nothing collides', 100, (index) => checkMeetings(ctx, wanted(index, freeHours)))
  await measured('conflict check, every student collides', 100, (index) => checkMeetings(ctx, wanted(index)))
}
await told('without a calendar')
const office = { ...ctx, operation: { id: newId(), procedure: 'bench', inputHash: '', way: 'cli' as const } }
await layOutDays(
  office,
  layOutInput.parse({ from: '2026-08-24', to: '2027-06-18', weekdays: [1, 2, 3, 4, 5], cycleLength: 6 }),
)
await told('with a year’s calendar')
await measured('week of a class', 200, (index) =>
  readWeek(ctx, { of: 'class', id: wanted(index).classId, day: '2026-11-23' }),
)
await measured('week of a room', 200, (index) =>
  readWeek(ctx, { of: 'room', id: wanted(index).meetings[0]?.roomId ?? '', day: '2026-11-23' }),
)
await measured('week of a student', 200, (index) =>
  readWeek(ctx, { of: 'student', id: studentIds[index % studentIds.length] ?? '', day: '2026-11-23' }),
)
const asked = (input: object) => masterInput.parse({ day: '2026-11-23', ...input })
for (const by of ['room', 'instructor'] as const) {
  await measured(`master timetable of a day, 40 by ${by}`, 100, () => readMaster(ctx, asked({ by })))
  await measured(`master timetable of a week, 20 by ${by}`, 100, () =>
    readMaster(ctx, asked({ by, span: 'week', limit: 20 })),
  )
}
await measured('master timetable of a day, 100 by time', 100, () => readMaster(ctx, asked({ by: 'time', limit: 100 })))
const lesson = { day: '2026-11-23', startTime: '09:20', endTime: '10:05' }
await measured('free rooms and instructors', 200, () => readFree(ctx, freeInput.parse(lesson)))
const tuesday = { from: '2026-11-24', to: '2026-11-24' }
let versions = (await readCalendarDays(db, ctx, tuesday)).days.map(({ id, version }) => ({ id, version }))
const delayed = { ...tuesday, cycle: 'shift' }
await measured('a closure that shifts the cycle, with its check', 5, async (index) => {
  const kind = index % 2 ? 'instruction' : 'weather'
  const input = changeDaysInput.parse({ ...delayed, kind, seen: versions, overrideReason: 'bench' })
  const { days } = await changeDays({ ...office, operation: { ...office.operation, id: newId() } }, input)
  versions = days.map(({ id, version }) => ({ id, version }))
})
await db.close()
