import { asc, eq } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { instructors, periods, rooms } from '../../db/schema/index.ts'
import { clockTime, covers, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { inOrder } from '../records/read.ts'
import type { FreeInput } from './input.ts'
import { meetingsOn } from './on-day.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'
import { called, teachersOf } from './teachers.ts'

/** A list of more would help nobody. */
const shownAtMost = 300
const some = <T>(all: readonly T[]) => ({ rows: all.slice(0, shownAtMost), count: all.length })

/** A room whose seats nobody has entered fits only where no number is asked for. */
async function freeRooms({ db, school }: Context, taken: ReadonlySet<string>, seats: number | null) {
  const all = await db
    .select({ id: rooms.id, name: rooms.name, seats: rooms.seats })
    .from(rooms)
    .where(inUse(rooms, school.id))
  const fitting = all.filter((room) => !taken.has(room.id) && (seats === null || (room.seats ?? -1) >= seats))
  return some(inOrder(fitting, ({ name }) => name))
}

async function freeInstructors({ db, school }: Context, taken: ReadonlySet<string>) {
  const all = await db
    .select({ id: instructors.id, givenName: instructors.givenName, familyName: instructors.familyName })
    .from(instructors)
    .where(inUse(instructors, school.id, eq(instructors.status, 'active')))
    .orderBy(asc(instructors.sortName), asc(instructors.id))
  const { rows, count } = some(all.filter(({ id }) => !taken.has(id)))
  return { rows: rows.map(({ id, ...name }) => ({ id, name: called(name) })), count }
}

async function periodsOn({ db, school }: Context, of: SchoolDays, day: string) {
  const named = of.stored.get(day)?.bellScheduleId
  const times = of.bells.get((named && of.bells.has(named) ? named : of.usual) ?? '')
  if (!times?.size) return []
  const rows = await db
    .select({ id: periods.id, code: periods.code, name: periods.name })
    .from(periods)
    .where(inUse(periods, school.id))
    .orderBy(asc(periods.position), asc(periods.id))
  return rows.flatMap((period) => {
    const at = times.get(period.id)
    return at ? [{ ...period, ...at }] : []
  })
}

/** A day of the cycle that no calendar gives a date may be any, so its classes take their rooms on each. */
export async function readFree(ctx: Context, { day, startTime, endTime, seats }: FreeInput) {
  const { db, school } = ctx
  const of = await readSchoolDays(db, school.id, { beginDate: day, endDate: day })
  const held = await meetingsOn(db, school.id, of, day, { startTime, endTime })
  const busyRooms = new Set(held.flatMap(({ meeting }) => meeting.roomId ?? []))
  const teachers = await teachersOf(
    db,
    school.id,
    held.map(({ meeting }) => meeting.classId),
  )
  const busyInstructors = new Set(teachers.flatMap((one) => (covers(one, day) ? one.id : [])))
  const { kind = null, cycleDay = null, note = null } = of.stored.get(day) ?? {}
  return {
    ...{ today: today(ctx), time: clockTime(ctx), day: { date: day, kind, cycleDay, note } },
    periods: await periodsOn(ctx, of, day),
    rooms: await freeRooms(ctx, busyRooms, seats),
    instructors: await freeInstructors(ctx, busyInstructors),
  }
}
