import type { SQL } from 'drizzle-orm'
import { and, eq, gte, inArray, isNull, or } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { classes, meetings } from '../../db/schema/index.ts'
import { classKind } from '../classes/kind.ts'
import type { MutationContext } from '../context.ts'
import { dayBefore, today } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { meetingKind } from '../meetings/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { addRecord, changeRecord } from '../records/write.ts'
import { createRoomInput } from './input.ts'
import { roomKind } from './kind.ts'
import { readRoom } from './read.ts'

type Rooms = readonly { id: string }[]

const heldFrom = (rooms: Rooms, day: string): SQL | undefined =>
  and(inArray(meetings.roomId, idsOf(rooms)), or(isNull(meetings.validTo), gte(meetings.validTo, day)))

/** From today on the meetings have no room; where they were held before stays as it is. */
async function leaveRoom(tx: Transaction, ctx: MutationContext, rooms: Rooms): Promise<Change[]> {
  const day = today(ctx)
  const rows = await tx
    .select()
    .from(meetings)
    .where(and(eq(meetings.schoolId, ctx.school.id), isNull(meetings.archivedAt), heldFrom(rooms, day)))
  const changes: Change[] = []
  for (const row of rows) {
    if (row.validFrom >= day) {
      changes.push(...(await changeRecord(tx, meetingKind, row, { roomId: null })))
      continue
    }
    const { classId, weekday, cycleDay, startTime, endTime, validTo } = row
    changes.push(...(await changeRecord(tx, meetingKind, row, { validTo: dayBefore(day) })))
    const onward = { classId, weekday, cycleDay, startTime, endTime, validFrom: day, validTo }
    changes.push(await addRecord(tx, meetingKind, ctx.school.id, onward))
  }
  return changes
}

const inThem = (rooms: Rooms) => inArray(classes.roomId, idsOf(rooms))

/** To end it takes the room from the classes and from their meetings to come. */
const foundation: Foundation<typeof roomKind.table> = {
  standingOn: async (tx, ctx, rooms) => {
    const held = heldFrom(rooms, today(ctx))
    return [
      await standingOf(tx, 'class', { table: classes, name: classes.title }, ctx.school.id, inThem(rooms)),
      await standingOf(tx, 'meeting', { table: meetings, name: meetings.startTime }, ctx.school.id, held),
    ]
  },
  end: async (tx, ctx, rooms) => [
    ...(await changeStanding(tx, classKind, ctx.school.id, inThem(rooms), () => ({ roomId: null }))),
    ...(await leaveRoom(tx, ctx, rooms)),
  ],
}

export const roomVerbs = verbsOf(roomKind, { read: readRoom, foundation })
export const manyRooms = manyVerbsOf(roomKind, { item: createRoomInput, foundation })
