/** What collides is refused, unless somebody says why it is to be held anyway: the meetings keep the reason. */
import type { Reader, Transaction } from '../../db/database.ts'
import type { DayRange } from '../calendar.ts'
import { today, without } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import { rowsWith } from '../records/kind.ts'
import { changeRows } from '../records/write.ts'
import type { Booking, Wanted } from './bookings.ts'
import { bookingsOf } from './bookings.ts'
import type { Collision } from './collisions.ts'
import { collider, first, teller } from './collisions.ts'
import { bothHeld } from './held-on.ts'
import { meetingKind } from './kind.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

/** Of one meeting nobody reads more. */
const toldAtMost = 20

interface About extends Wanted {
  isOwn(booking: Booking): boolean
}

const fromToday = (ctx: Context): DayRange => ({ beginDate: today(ctx), endDate: null })

async function ownCollisions(tx: Reader, ctx: Context, of: SchoolDays, { isOwn, ...wanted }: About) {
  const bookings = await bookingsOf(tx, ctx.school.id, fromToday(ctx), wanted)
  const collisionsOf = collider(of, bookings)
  return bookings.filter(isOwn).map((own) => collisionsOf(own))
}

const pairOf = ({ own, other }: Collision) => `${own.kind} ${own.of} ${own.meetingId} ${other.meetingId}`

function isNewSince(of: SchoolDays, before: Iterable<Collision>): (collision: Collision) => boolean {
  const known = grouped(before, pairOf)
  return (collision) => {
    const left = (known.get(pairOf(collision)) ?? []).reduce<DayRange[]>(
      (days, one) => days.flatMap((range) => without(range, one.days)),
      [collision.days],
    )
    return left.some((days) => bothHeld(of, { ...collision.own, days }, collision.other))
  }
}

export async function madeToCollide(
  tx: Transaction,
  ctx: Context,
  about: About,
  write: () => Promise<Change[]>,
): Promise<{ changes: Change[]; collisions: Collision[] }> {
  const of = await readSchoolDays(tx, ctx.school.id, fromToday(ctx))
  const before = (await ownCollisions(tx, ctx, of, about)).flatMap((all) => [...all])
  const changes = await write()
  const isNew = isNewSince(of, before)
  const after = await ownCollisions(tx, ctx, of, about)
  return { changes, collisions: after.flatMap((all) => [...first(all, toldAtMost, isNew)]) }
}

export const toldConflicts = async (tx: Reader, ctx: Context, collisions: readonly Collision[]) =>
  (await teller(tx, ctx.school.id, collisions, today(ctx)))(collisions)

export async function holdMeetings(
  tx: Transaction,
  { school }: Context,
  collisions: readonly Collision[],
  overrideReason: string,
): Promise<Change[]> {
  const ids = new Set(collisions.map(({ own }) => own.meetingId))
  return changeRows(tx, meetingKind, await rowsWith(tx, meetingKind, school.id, 'id', ids), { overrideReason })
}

/** Throws `meeting.conflicts` where `write` makes something collide and no reason is given. */
export async function writeHolding(
  tx: Transaction,
  ctx: Context,
  about: About,
  reason: string | null | undefined,
  write: () => Promise<Change[]>,
): Promise<Change[]> {
  const { changes, collisions } = await madeToCollide(tx, ctx, about, write)
  if (!collisions.length) return changes
  if (!reason) throw new DomainError('meeting.conflicts', { conflicts: await toldConflicts(tx, ctx, collisions) })
  return [...changes, ...(await holdMeetings(tx, ctx, collisions, reason))]
}
