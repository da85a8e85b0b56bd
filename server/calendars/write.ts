import { and, eq, gte, lte } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { calendarDays } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { changesSinceSeen, lastWriterOf } from '../journal/since.ts'
import { holdingDays } from '../meetings/hold-days.ts'
import { idsOf, rowsWhere } from '../records/kind.ts'
import { referredRecord } from '../records/refer.ts'
import { addRecord, addRows, changeRows, replaceRows } from '../records/write.ts'
import type { ChangeDaysInput, LayOutInput } from './input.ts'
import { calendarDayKind, calendarKind } from './kind.ts'
import type { DayFields, DayRow } from './pattern.ts'
import { changedDays, isOtherwise, laidOut } from './pattern.ts'
import { readCalendarDays, schoolYearOf, usualCalendar } from './read.ts'

type Fields = Partial<Pick<NonNullable<Awaited<ReturnType<typeof usualCalendar>>>, 'cycleLength'>>

async function calendarWith(tx: Transaction, { school }: MutationContext, fields: Fields) {
  const known = await usualCalendar(tx, school.id)
  if (!known) {
    const made = await addRecord(tx, calendarKind, school.id, { name: school.name, isDefault: true, ...fields })
    return { calendar: made.after, changes: [made] as Change[] }
  }
  const changes: Change[] = await changeRows(tx, calendarKind, [known], fields)
  return { calendar: { ...known, ...fields }, changes }
}

/** Archived rows come too: a date has one row, which is used again. */
const rowsFrom = (tx: Transaction, schoolId: number, calendarId: string, from: string | null, to: string | null) =>
  rowsWhere(
    tx,
    calendarDayKind,
    schoolId,
    and(
      eq(calendarDays.calendarId, calendarId),
      from ? gte(calendarDays.date, from) : undefined,
      to ? lte(calendarDays.date, to) : undefined,
    ),
  )

const inUseOf = (rows: readonly DayRow[]) => rows.filter(({ archivedAt }) => !archivedAt)

async function writeDays(
  tx: Transaction,
  schoolId: number,
  calendarId: string,
  rows: readonly DayRow[],
  days: readonly DayFields[],
): Promise<Change[]> {
  const known = new Map(rows.map((row) => [row.date, row]))
  const edits = days.flatMap((fields) => {
    const before = known.get(fields.date)
    return before ? [{ before, fields: { ...fields, archivedAt: null } }] : []
  })
  const fresh = days
    .filter(({ date }) => !known.has(date))
    .map((fields) => ({ ...fields, calendarId, membership: '1.000' }))
  return [...(await replaceRows(tx, calendarDayKind, edits)), ...(await addRows(tx, calendarDayKind, schoolId, fresh))]
}

/** Nothing in the row tells a plain day that somebody chose from one that a pattern made: the journal does. */
async function madeByHand(
  tx: Transaction,
  ctx: MutationContext,
  input: LayOutInput,
  stored: ReadonlyMap<string, DayRow>,
): Promise<Set<string>> {
  const day = today(ctx)
  const asked = [...stored.values()].filter((row) => row.date >= day && isOtherwise(row, input))
  const writers = await lastWriterOf(tx, ctx.school.id, { entity: calendarDayKind.entity, field: 'kind' }, idsOf(asked))
  return new Set([...writers].flatMap(([id, procedure]) => (procedure === 'calendars.changeDays' ? id : [])))
}

/** Lays a year out by its pattern. What is past, and what somebody said of a day, stays. Throws as `holdingDays` does. */
export function layOutDays(ctx: MutationContext, input: LayOutInput) {
  const write = async (tx: Transaction) => {
    const { calendar, changes } = await calendarWith(tx, ctx, { cycleLength: input.cycleLength })
    const rows = await rowsFrom(tx, ctx.school.id, calendar.id, input.from, input.to)
    const stored = new Map(inUseOf(rows).map((row) => [row.date, row]))
    const byHand = await madeByHand(tx, ctx, input, stored)
    const days = laidOut(input, { stored, byHand, today: today(ctx) })
    return [...changes, ...(await writeDays(tx, ctx.school.id, calendar.id, rows, days))]
  }
  const holding = (tx: Transaction) => holdingDays(tx, ctx, input.overrideReason, () => write(tx))
  return mutate(ctx, { deed: 'change', about: 'calendarDay' }, holding, (tx) => readCalendarDays(tx, ctx, input))
}

/** Throws `calendarDay.stale` unless the stored days are those that the caller saw. */
async function requireSeen(tx: Transaction, ctx: MutationContext, rows: readonly DayRow[], input: ChangeDaysInput) {
  const own = rows.filter(({ date }) => input.from <= date && date <= input.to)
  const versions = new Map(input.seen.map(({ id, version }) => [id, version]))
  if (own.length === versions.size && own.every(({ id, version }) => versions.get(id) === version)) return
  const changes = await changesSinceSeen(tx, ctx.school.id, 'calendarDay', own, versions)
  throw new DomainError('calendarDay.stale', { changes })
}

/** Closes days, opens them, or gives them another bell schedule. Throws as `holdingDays` does. */
export function changeDays(ctx: MutationContext, input: ChangeDaysInput) {
  const write = async (tx: Transaction) => {
    const { calendar, changes } = await calendarWith(tx, ctx, {})
    if (input.bellScheduleId)
      await referredRecord(tx, calendarDayKind, 'bellScheduleId', ctx.school.id, input.bellScheduleId)
    const rows = await rowsFrom(tx, ctx.school.id, calendar.id, null, null)
    const stored = inUseOf(rows).toSorted((a, b) => (a.date < b.date ? -1 : 1))
    await requireSeen(tx, ctx, stored, input)
    const year = await schoolYearOf(tx, ctx.school.id, input.from)
    const days = changedDays(input, { stored, today: today(ctx), year })
    return [...changes, ...(await writeDays(tx, ctx.school.id, calendar.id, rows, days))]
  }
  const holding = (tx: Transaction) => holdingDays(tx, ctx, input.overrideReason, () => write(tx))
  return mutate(ctx, { deed: 'change', about: 'calendarDay' }, holding, (tx) => readCalendarDays(tx, ctx, input))
}
