import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import {
  classes,
  classInstructors,
  enrollments,
  instructors,
  meetings,
  rooms,
  students,
} from '../../db/schema/index.ts'

const p = sql.placeholder
const named = (table: object, name: string): SQL => sql`${table} as ${sql.identifier(name)}`

const other = alias(meetings, 'other')
const home = alias(classes, 'home')
const ownSeat = alias(enrollments, 'own_seat')
const seat = alias(enrollments, 'seat')
const ownDuty = alias(classInstructors, 'own_duty')
const duty = alias(classInstructors, 'duty')

interface Dated {
  beginDate: object
  endDate: object
}
const held = { beginDate: other.validFrom, endDate: other.validTo }

/** An open end is no limit. */
const inAskedDays = ({ beginDate, endDate }: Dated, hasEnd: boolean): SQL =>
  sql`(${endDate} is null or ${endDate} >= ${p('from')})
    ${hasEnd ? sql`and (${beginDate} is null or ${beginDate} <= ${p('to')})` : sql``}`

/** A parameter alone has no type in PostgreSQL, so the room comes from its table. */
const wantedRows = (count: number): SQL =>
  sql.join(
    Array.from(
      { length: count },
      (_, place) => sql`select cast(${p(`place${place}`)} as integer) as place,
        cast(${p(`day${place}`)} as integer) as day,
        cast(${p(`start${place}`)} as text) as start_time, cast(${p(`end${place}`)} as text) as end_time,
        (select ${rooms.id} from ${rooms} where ${rooms.schoolId} = ${p('schoolId')} and ${rooms.id} = ${p(`room${place}`)}) as room_id`,
    ),
    sql` union all `,
  )

const atTheSameTime = (hasEnd: boolean): SQL =>
  sql`${other.schoolId} = ${p('schoolId')} and ${other.archivedAt} is null and ${other.classId} <> ${p('classId')}
    and ${inAskedDays(held, hasEnd)}
    and (coalesce(${other.weekday}, -${other.cycleDay}) = wanted.day or (${other.weekday} is null) <> (wanted.day < 0))
    and (${other.periodId} is not null
      or (${other.startTime} < wanted.end_time and ${other.endTime} > wanted.start_time))`

const answered = (
  kind: string,
  person: SQL,
  own: Dated | null,
  theirs: Dated | null,
  room: object = other.roomId,
): SQL =>
  sql`select ${sql.raw(`'${kind}'`)} as kind, wanted.place as place, ${other.id} as meeting_id,
    ${other.classId} as class_id, ${other.weekday} as weekday, ${other.cycleDay} as cycle_day,
    ${other.periodId} as period_id,
    ${other.startTime} as start_time, ${other.endTime} as end_time, ${room} as room_id,
    ${other.validFrom} as valid_from, ${other.validTo} as valid_to, ${person} as person_id,
    ${own?.beginDate ?? sql`null`} as own_begin, ${own?.endDate ?? sql`null`} as own_end,
    ${theirs?.beginDate ?? sql`null`} as begin_date, ${theirs?.endDate ?? sql`null`} as end_date`

// A cross join makes SQLite begin on the left; PostgreSQL chooses its own order.
const throughStudents = (hasEnd: boolean): SQL =>
  sql`${answered('student', sql`${seat.studentId}`, ownSeat, seat)}
    from ${named(enrollments, 'own_seat')} cross join ${named(enrollments, 'seat')}
    cross join ${named(meetings, 'other')} cross join wanted
    where ${ownSeat.schoolId} = ${p('schoolId')} and ${ownSeat.classId} = ${p('classId')}
    and ${ownSeat.status} = 'enrolled' and ${ownSeat.archivedAt} is null and ${inAskedDays(ownSeat, hasEnd)}
    and ${seat.schoolId} = ${p('schoolId')} and ${seat.studentId} = ${ownSeat.studentId}
    and ${seat.classId} <> ${p('classId')} and ${seat.status} = 'enrolled' and ${seat.archivedAt} is null
    and ${inAskedDays(seat, hasEnd)}
    and ${other.classId} = ${seat.classId}
    and ${atTheSameTime(hasEnd)}`

const throughInstructors = (hasEnd: boolean): SQL =>
  sql`${answered('instructor', sql`${duty.instructorId}`, ownDuty, duty)}
    from ${named(classInstructors, 'own_duty')} cross join ${named(classInstructors, 'duty')}
    cross join ${named(meetings, 'other')} cross join wanted
    where ${ownDuty.schoolId} = ${p('schoolId')} and ${ownDuty.classId} = ${p('classId')}
    and ${ownDuty.archivedAt} is null and ${inAskedDays(ownDuty, hasEnd)}
    and ${duty.schoolId} = ${p('schoolId')} and ${duty.instructorId} = ${ownDuty.instructorId}
    and ${duty.classId} <> ${p('classId')} and ${duty.archivedAt} is null
    and ${inAskedDays(duty, hasEnd)}
    and ${other.classId} = ${duty.classId}
    and ${atTheSameTime(hasEnd)}`

const throughRooms = (hasEnd: boolean): SQL =>
  sql`${answered('room', sql`null`, null, null)}
    from wanted cross join ${named(meetings, 'other')}
    where ${other.roomId} = wanted.room_id and ${atTheSameTime(hasEnd)}`

const throughRoomsOfClasses = (hasEnd: boolean): SQL =>
  sql`${answered('room', sql`null`, null, null, home.roomId)}
    from wanted cross join ${named(classes, 'home')} cross join ${named(meetings, 'other')}
    where ${home.schoolId} = ${p('schoolId')} and ${home.roomId} = wanted.room_id
    and ${other.classId} = ${home.id} and ${other.roomId} is null and ${atTheSameTime(hasEnd)}`

const column = <T>(name: string): SQL<T> => sql<T>`found.${sql.identifier(name)}`
const isRow = (table: { schoolId: object; id: object }, name: string): SQL =>
  sql`${table.schoolId} = ${p('schoolId')} and ${table.id} = ${column(name)}`

/** A row is a person and a meeting on some of the days; `findConflicts` compares the days. The shape is `{ count, hasEnd }`. */
export const conflictRows = prepared((db: Reader, shape: string) => {
  const { count, hasEnd } = JSON.parse(shape) as { count: number; hasEnd: boolean }
  const found = sql`(with wanted as (${wantedRows(count)}) ${throughStudents(hasEnd)}
    union all ${throughInstructors(hasEnd)} union all ${throughRooms(hasEnd)}
    union all ${throughRoomsOfClasses(hasEnd)}) as found`
  const isKind = (kind: string) => sql`${column('kind')} = ${sql.raw(`'${kind}'`)}`
  return db
    .select({
      kind: column<'student' | 'instructor' | 'room'>('kind'),
      place: column<number>('place'),
      meetingId: column<string>('meeting_id'),
      classId: column<string>('class_id'),
      classTitle: classes.title,
      classCode: classes.code,
      weekday: column<number | null>('weekday'),
      cycleDay: column<number | null>('cycle_day'),
      periodId: column<string | null>('period_id'),
      startTime: column<string>('start_time'),
      endTime: column<string>('end_time'),
      validFrom: column<string>('valid_from'),
      validTo: column<string | null>('valid_to'),
      roomName: rooms.name,
      personId: column<string | null>('person_id'),
      student: { givenName: students.givenName, familyName: students.familyName },
      instructor: { givenName: instructors.givenName, familyName: instructors.familyName },
      isArchived: sql<boolean>`${students.archivedAt} is not null or ${instructors.archivedAt} is not null`.mapWith(
        Boolean,
      ),
      ownBegin: column<string | null>('own_begin'),
      ownEnd: column<string | null>('own_end'),
      begin: column<string | null>('begin_date'),
      end: column<string | null>('end_date'),
    })
    .from(found)
    .crossJoin(classes)
    .leftJoin(rooms, isRow(rooms, 'room_id'))
    .leftJoin(students, sql`${isKind('student')} and ${isRow(students, 'person_id')}`)
    .leftJoin(instructors, sql`${isKind('instructor')} and ${isRow(instructors, 'person_id')}`)
    .where(sql`${isRow(classes, 'class_id')} and ${classes.archivedAt} is null`)
    .orderBy(column('place'), column('start_time'), column('meeting_id'), students.sortName, instructors.sortName)
})
