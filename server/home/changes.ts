import { and, desc, eq, gte, inArray, like, min, not, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { JournalEntity, OperationWay } from '../../db/values.ts'
import { allows } from '../access.ts'
import { dayBefore, startOfDay, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import type { Deed } from '../history/deed.ts'
import { aboutOf, deedOf, isOfOne } from '../history/deed.ts'
import { seesEntity } from '../history/seen.ts'
import { namesOf } from '../kinds.ts'
import type { RecordName } from '../records/naming.ts'

const p = sql.placeholder

/** Yesterday's first instant on the school's calendar. */
export const sinceYesterday = (ctx: Context): Date => startOfDay(dayBefore(today(ctx)), ctx.school.timeZone)

/** So many of the latest operations are looked at, and so many lines made of them. */
const looked = 200
const linesShown = 20
const latestOperations = prepared((db, _shape: 'all') =>
  db
    .select({
      id: operations.id,
      way: operations.way,
      procedure: operations.procedure,
      at: operations.at,
      by: users.name,
    })
    .from(operations)
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(
      and(
        eq(operations.schoolId, p('schoolId')),
        gte(operations.at, sql.param(p('since'), operations.at)),
        not(like(operations.procedure, 'savedViews.%')),
      ),
    )
    .orderBy(desc(operations.at), desc(operations.id))
    .limit(looked),
)
type OperationRow = Awaited<ReturnType<typeof latestOperations>>[number]

/** How many records of each kind each operation changed, and the number of the first entry. */
const countsOf = ({ db, school }: Context, ids: string[]) =>
  db
    .select({
      operationId: journal.operationId,
      entity: journal.entity,
      count: sql<number>`count(*)`.mapWith(Number),
      first: min(journal.number),
    })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), inArray(journal.operationId, ids)))
    .groupBy(journal.operationId, journal.entity)

const entriesAt = ({ db, school }: Context, numbers: number[]) =>
  db
    .select({
      operationId: journal.operationId,
      entity: journal.entity,
      entityId: journal.entityId,
      version: journal.version,
    })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), inArray(journal.number, numbers)))

/** One operation, by what it was mainly about. */
interface Told {
  operation: OperationRow
  deed: Deed
  entity: JournalEntity
  count: number
  name: RecordName | undefined
}

async function tell(ctx: Context, made: OperationRow[]): Promise<Told[]> {
  if (!made.length) return []
  const counts = grouped(
    await countsOf(
      ctx,
      made.map(({ id }) => id),
    ),
    ({ operationId }) => operationId,
  )
  const about = made.flatMap((operation) => {
    const changed = (counts.get(operation.id) ?? []).toSorted((a, b) => b.count - a.count)
    const entity = aboutOf(
      operation.procedure,
      changed.map((row) => row.entity),
    )
    const row = changed.find((one) => one.entity === entity)
    return row && seesEntity(ctx.actor, row.entity) ? [{ operation, ...row }] : []
  })
  const numbers = about.map(({ first }) => Number(first))
  const entries = numbers.length ? await entriesAt(ctx, numbers) : []
  const names = await namesOf(ctx.db, ctx.school.id, entries)
  const entryOf = new Map(entries.map((entry) => [entry.operationId, entry]))
  return about.map(({ operation, entity, count }) => {
    const entry = entryOf.get(operation.id)
    const deed = deedOf(operation.procedure, entry?.version ?? 1)
    const told = isOfOne(operation.procedure) ? 1 : count
    return { operation, deed, entity, count: told, name: entry && names.get(`${entity} ${entry.entityId}`) }
  })
}

export interface ChangeLine {
  /** The instant of the latest of them. */
  at: string
  /** Who; null when the command line or an import did it. */
  by: string | null
  way: OperationWay
  deed: Deed
  entity: JournalEntity
  count: number
  /** Of the records, when there are few; each once. */
  names: RecordName[]
  inClass: RecordName['inClass']
}
const namesShown = 3

function lineOf(group: Told[]): ChangeLine {
  const [latest] = group as [Told]
  const count = group.reduce((sum, one) => sum + one.count, 0)
  const byId = new Map(group.flatMap(({ name }) => (name ? [[name.id, name] as const] : [])))
  // Who was erased has no name any more.
  const isNamed = latest.deed !== 'erase' && group.every((one) => one.count === 1 && one.name)
  const isWhole = isNamed && byId.size <= namesShown
  const { at, by, way } = latest.operation
  return {
    at: at.toISOString(),
    by,
    way,
    deed: latest.deed,
    entity: latest.entity,
    // Somebody who saved one record five times changed one record.
    count: isWhole ? byId.size : count,
    names: isWhole ? [...byId.values()] : [],
    inClass: latest.name?.inClass ?? null,
  }
}

/** An import changes very many records: how many is not counted at each look. */
const importLine = ({ at, by, way, procedure }: OperationRow): ChangeLine => ({
  at: at.toISOString(),
  by,
  way,
  deed: way === 'import' ? 'import' : deedOf(procedure, 2),
  entity: 'school',
  count: 0,
  names: [],
  inClass: null,
})

/** What people did since yesterday, the latest first: one line for each person, deed, kind of record and class. */
export async function readChanges(ctx: Context): Promise<ChangeLine[]> {
  if (!allows(ctx.actor.role, 'student.write')) return []
  const made = await latestOperations(ctx.db, 'all', { schoolId: ctx.school.id, since: sinceYesterday(ctx) })
  const told = await tell(
    ctx,
    made.filter(({ way }) => way === 'screen'),
  )
  const groups = grouped(told, ({ operation, deed, entity, name }) =>
    [operation.by, deed, entity, name?.inClass?.id].join('\t'),
  )
  const imports = made.filter(({ way }) => way === 'import').map(importLine)
  return [...[...groups.values()].map(lineOf), ...imports]
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, linesShown)
}
