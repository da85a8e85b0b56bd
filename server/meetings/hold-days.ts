/** A change of the days or the bells moves no meeting, and still may bring two of them to one time. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Reader, Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { classes, instructors, rooms } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { idsOf, rowsWith } from '../records/kind.ts'
import type { Booking } from './bookings.ts'
import { bookingsOf } from './bookings.ts'
import type { Collision } from './collisions.ts'
import { collider } from './collisions.ts'
import type { Conflict } from './conflicts.ts'
import { bothHeld } from './held-on.ts'
import { holdMeetings, toldConflicts } from './hold.ts'
import { meetingKind } from './kind.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

/** The refusal names so many; the reason is kept with all of them. */
const toldAtMost = 20

interface Planned {
  of: SchoolDays
  bookings: Booking[]
}

const idsIn = async (db: Reader, schoolId: number, table: typeof rooms | typeof instructors) =>
  idsOf(
    await db
      .select({ id: (table as typeof rooms).id })
      .from(table as typeof rooms)
      .where(inUse(table, schoolId)),
  )

const fromToday = (ctx: Context): DayRange => ({ beginDate: today(ctx), endDate: null })
const daysNow = (tx: Reader, ctx: Context) => readSchoolDays(tx, ctx.school.id, fromToday(ctx))

async function bookingsNow(tx: Reader, ctx: Context): Promise<Booking[]> {
  const wanted = {
    rooms: await idsIn(tx, ctx.school.id, rooms),
    instructors: await idsIn(tx, ctx.school.id, instructors),
  }
  return bookingsOf(tx, ctx.school.id, fromToday(ctx), wanted)
}

const keyOf = ({ kind, of, meetingId }: Booking) => `${kind} ${of} ${meetingId}`

/** Answers how a booking was before. Of most changes all are as they were. */
function formerly(before: Planned, after: Planned): (booking: Booking) => Booking | undefined {
  if (before.bookings === after.bookings) return (booking) => booking
  const known = new Map(before.bookings.map((booking) => [keyOf(booking), booking]))
  return (booking) => known.get(keyOf(booking))
}

const lookedAtOnce = 500

/** Each pair counts once. Nobody is asked again about what collided on other days before. */
async function newSince(before: Planned, after: Planned): Promise<Collision[]> {
  const formerOf = formerly(before, after)
  const heldBefore = (own: Booking, other: Booking) => {
    const [was, wasOther] = [formerOf(own), formerOf(other)]
    return was && wasOther && bothHeld(before.of, was, wasOther)
  }
  const collisionsOf = collider(after.of, after.bookings, (own, other) => own.meetingId <= other.meetingId)
  const found: Collision[] = []
  for (const batch of inBatches(after.bookings, lookedAtOnce)) {
    await breathe()
    for (const booking of batch)
      for (const collision of collisionsOf(booking))
        if (!heldBefore(collision.own, collision.other)) found.push(collision)
  }
  return found
}

/** The person chose no class, so that each line names both. */
async function told(tx: Reader, ctx: Context, collisions: readonly Collision[]) {
  const byClass = [...grouped(collisions, ({ own }) => own.classId)].slice(0, toldAtMost)
  const titles = new Map(
    (
      await rowsWith(
        tx,
        { table: classes },
        ctx.school.id,
        'id',
        byClass.map(([id]) => id),
      )
    ).map(({ id, title }) => [id, title]),
  )
  const lines: (Conflict & { ownTitle: string })[] = []
  for (const [id, some] of byClass)
    for (const conflict of await toldConflicts(tx, ctx, some))
      lines.push({ ...conflict, ownTitle: titles.get(id) ?? '' })
  return lines.slice(0, toldAtMost)
}

/** Throws `meeting.conflicts` where `write` makes meetings collide that did not before, and no reason is given. */
export async function holdingDays(
  tx: Transaction,
  ctx: Context,
  reason: string | null | undefined,
  write: () => Promise<Change[]>,
): Promise<Change[]> {
  const before = { of: await daysNow(tx, ctx), bookings: await bookingsNow(tx, ctx) }
  const changes = await write()
  const areMoved = changes.some(({ entity }) => entity === meetingKind.entity)
  const bookings = areMoved ? await bookingsNow(tx, ctx) : before.bookings
  const collisions = await newSince(before, { of: await daysNow(tx, ctx), bookings })
  if (!collisions.length) return changes
  if (!reason)
    throw new DomainError('meeting.conflicts', {
      conflicts: await told(tx, ctx, collisions),
      count: new Set(collisions.map(({ own }) => own.meetingId)).size,
    })
  return [...changes, ...(await holdMeetings(tx, ctx, collisions, reason))]
}
