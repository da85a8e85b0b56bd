import { isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { bellSchedules, periods } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { changesSinceSeen } from '../journal/since.ts'
import { dependentsOf } from '../kinds.ts'
import { holdingDays } from '../meetings/hold-days.ts'
import { settleDependents } from '../records/archive.ts'
import type { KindCore, RecordTable, RowOf } from '../records/kind.ts'
import { idsOf, rowsWhere } from '../records/kind.ts'
import type { Edit, IsTouched } from '../records/write.ts'
import { addRows, changeRows, replaceRows } from '../records/write.ts'
import type { SavePeriodsInput } from './input.ts'
import { bellScheduleKind, bellTimeKind, periodKind } from './kind.ts'
import { listPeriods } from './read.ts'

type Rows = Awaited<ReturnType<typeof rowsNow>>
async function rowsNow(tx: Transaction, schoolId: number) {
  return {
    periods: await rowsWhere(tx, periodKind, schoolId, isNull(periods.archivedAt)),
    schedules: await rowsWhere(tx, bellScheduleKind, schoolId, isNull(bellSchedules.archivedAt)),
    /** Archived ones too: a period has one row in a schedule, which is used again. */
    times: await rowsWhere(tx, bellTimeKind, schoolId, undefined),
  }
}

/** Throws `period.stale` unless these are the periods and bell schedules that the caller saw. */
async function requireSeen(tx: Transaction, { school }: MutationContext, rows: Rows, { seen }: SavePeriodsInput) {
  const versions = new Map(seen.map(({ id, version }) => [id, version]))
  const now = [...rows.periods, ...rows.schedules]
  if (now.length === seen.length && now.every(({ id, version }) => versions.get(id) === version)) return
  const of = (entity: 'period' | 'bellSchedule', all: readonly { id: string; version: number }[]) =>
    changesSinceSeen(tx, school.id, entity, all, new Map(all.map(({ id }) => [id, versions.get(id) ?? 0])))
  throw new DomainError('period.stale', {
    changes: [...(await of('period', rows.periods)), ...(await of('bellSchedule', rows.schedules))],
  })
}

/** What is left out is archived, and then the rest is written: a freed name may be given again. */
async function replaceAll<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  rows: readonly RowOf<T>[],
  wanted: readonly (Edit<T>['fields'] & { id: string })[],
  isTouched?: IsTouched<T>,
): Promise<Change[]> {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const ids = new Set(idsOf(wanted))
  const left = rows.filter(({ id, archivedAt }) => !archivedAt && !ids.has(id))
  const edits = wanted.flatMap((fields) => {
    const before = byId.get(fields.id)
    return before ? [{ before, fields: { ...fields, archivedAt: null } }] : []
  })
  const fresh = wanted.filter(({ id }) => !byId.has(id))
  return [
    ...(await changeRows(tx, kind, left, { archivedAt: ctx.now } as Edit<T>['fields'])),
    ...(await replaceRows(tx, kind, edits, isTouched)),
    ...(await addRows(tx, kind, ctx.school.id, fresh)),
  ]
}

/** The bell schedules of which a time is new, another or gone: who saw them before has seen an older one. */
function withOtherTimes({ times }: Rows, wanted: ReturnType<typeof timesWanted>): Set<string> {
  const textOf = (one: (typeof wanted)[number]) => `${one.startTime} ${one.endTime} ${one.countsMinutes}`
  const left = new Map(times.flatMap((row) => (row.archivedAt ? [] : [[row.id, row]])))
  const found = new Set<string>()
  for (const one of wanted) {
    const row = left.get(one.id)
    if (!row || textOf(row) !== textOf(one)) found.add(one.bellScheduleId)
    left.delete(one.id)
  }
  for (const { bellScheduleId } of left.values()) found.add(bellScheduleId)
  return found
}

const known = (
  rows: readonly { id: string }[],
  id: string | undefined,
  missing: 'period.not_found' | 'bellSchedule.not_found',
) => {
  if (id && !rows.some((row) => row.id === id)) throw new DomainError(missing)
  return id ?? newId()
}

function timesWanted(rows: Rows, { schedules }: SavePeriodsInput, periodIds: string[], scheduleIds: string[]) {
  const byPlace = new Map(rows.times.map((row) => [`${row.bellScheduleId} ${row.periodId}`, row.id]))
  return schedules.flatMap(({ times }, index) =>
    times.map(({ period, ...time }) => {
      const [bellScheduleId, periodId] = [scheduleIds[index] ?? '', periodIds[period] ?? '']
      return { ...time, bellScheduleId, periodId, id: byPlace.get(`${bellScheduleId} ${periodId}`) ?? newId() }
    }),
  )
}

/** Only one bell schedule may be the usual one at a time, so the former gives way first. */
async function releaseDefault(tx: Transaction, rows: Rows, usual: string | undefined) {
  const former = rows.schedules.filter(({ id, isDefault }) => isDefault && id !== usual)
  return changeRows(tx, bellScheduleKind, former, { isDefault: false })
}

/** Meetings whose period is left out go on at their own times. Throws as `holdingDays` does. */
export function savePeriods(ctx: MutationContext, input: SavePeriodsInput) {
  const write = async (tx: Transaction) => {
    const rows = await rowsNow(tx, ctx.school.id)
    await requireSeen(tx, ctx, rows, input)
    const periodIds = input.periods.map(({ id }) => known(rows.periods, id, 'period.not_found'))
    const scheduleIds = input.schedules.map(({ id }) => known(rows.schedules, id, 'bellSchedule.not_found'))
    const times = timesWanted(rows, input, periodIds, scheduleIds)
    const changed = withOtherTimes(rows, times)
    const gone = (all: readonly { id: string }[], ids: string[]) => all.filter(({ id }) => !ids.includes(id))
    const released = await releaseDefault(
      tx,
      rows,
      scheduleIds[input.schedules.findIndex(({ isDefault }) => isDefault)],
    )
    const fresh = new Map(released.map(({ after }) => [after.id, after]))
    const schedules = rows.schedules.map((row) => fresh.get(row.id) ?? row)
    return [
      ...(await settleDependents(tx, ctx, gone(rows.periods, periodIds), 'end', dependentsOf('period'))),
      ...(await settleDependents(tx, ctx, gone(rows.schedules, scheduleIds), 'end', dependentsOf('bellSchedule'))),
      ...released,
      ...(await replaceAll(
        tx,
        ctx,
        periodKind,
        rows.periods,
        input.periods.map(({ code, name }, position) => ({ id: periodIds[position] ?? '', code, name, position })),
      )),
      ...(await replaceAll(
        tx,
        ctx,
        bellScheduleKind,
        schedules,
        input.schedules.map(({ name, isDefault }, index) => ({ id: scheduleIds[index] ?? '', name, isDefault })),
        ({ id }) => changed.has(id),
      )),
      ...(await replaceAll(tx, ctx, bellTimeKind, rows.times, times)),
    ]
  }
  const holding = (tx: Transaction) => holdingDays(tx, ctx, input.overrideReason, () => write(tx))
  return mutate(ctx, { deed: 'change', about: 'bellSchedule' }, holding, (tx) => listPeriods(tx, ctx))
}
