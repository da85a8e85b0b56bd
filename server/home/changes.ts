import type { SQL } from 'drizzle-orm'
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import { journal, journalOwners, operations, users } from '../../db/schema/index.ts'
import type { Deed, JournalEntity, OperationWay } from '../../db/values.ts'
import { historyEntities } from '../../db/values.ts'
import { allows } from '../access.ts'
import { dayBefore, startOfDay, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { seesEntity } from '../history/visible.ts'
import { fillJournal, namesOf } from '../kinds.ts'
import type { RecordName } from '../records/naming.ts'

/** The day begins in the school's time zone. */
export const sinceYesterday = (ctx: Context): Date => startOfDay(dayBefore(today(ctx)), ctx.school.timeZone)

const linesShown = 20
const namesShown = 3

/** A line has at most one record more than it can name; `changed` counts the first record of each operation. */
interface Row {
  line: number | string
  at: number | string
  actor_id: string | null
  deed: Deed
  entity: JournalEntity
  class_id: string | null
  entity_id: string
  changed: number | string
  most: number | string
}

/** Without `materialized`, `cross join` and the expression in `group by`, SQLite would read the whole journal. */
const operationsSql = ({ school }: Context, since: Date, entities: SQL) => sql`
  made as materialized (
    select id, actor_id, at, number as made, deed, is_of_one, coalesce(about, (
      select max(entity) from ${journal} where school_id = ${school.id} and operation_id = ${operations.id}
      group by entity || '' order by count(*) desc, max(entity) limit 1)) as entity
    from ${operations}
    where school_id = ${school.id} and at >= ${sql.param(since, operations.at)} and way = 'screen' and deed is not null
  ),
  operation as (
    select made.id, made.actor_id, made.at, made.made, made.deed, made.entity, min(entry.number) as first,
      case when made.is_of_one then 1 else count(*) end as changed
    from made cross join ${journal} as entry
    where entry.school_id = ${school.id} and entry.operation_id = made.id and entry.entity = made.entity and made.entity in (${entities})
    group by made.id, made.actor_id, made.at, made.made, made.deed, made.is_of_one, made.entity
  )`

const seenEntities = ({ actor }: Context): SQL =>
  sql.join(
    historyEntities.filter((entity) => seesEntity(actor, entity)).map((entity) => sql`${entity}`),
    sql`, `,
  )

function linesSql(ctx: Context, since: Date): SQL {
  return sql`with ${operationsSql(ctx, since, seenEntities(ctx))},
  record as (
    select operation.actor_id, operation.deed, operation.entity, class.id as class_id, entry.entity_id,
      max(operation.at) as at, max(operation.made) as made, max(operation.changed) as most
    from operation
    join ${journal} as entry on entry.school_id = ${ctx.school.id} and entry.number = operation.first
    left join ${journalOwners} as class on class.school_id = ${ctx.school.id} and class.number = operation.first
      and class.entity = 'class' and operation.entity <> 'class'
    group by operation.actor_id, operation.deed, operation.entity, class.id, entry.entity_id
  ),
  line as (
    select actor_id, deed, entity, class_id, entity_id, made,
      row_number() over (partition by actor_id, deed, entity, class_id order by made desc) as nth,
      max(made) over (partition by actor_id, deed, entity, class_id) as line,
      max(at) over (partition by actor_id, deed, entity, class_id) as at,
      count(*) over (partition by actor_id, deed, entity, class_id) as changed,
      max(most) over (partition by actor_id, deed, entity, class_id) as most
    from record
  )
  select line, at, actor_id, deed, entity, class_id, entity_id, changed, most from line
  where nth <= ${namesShown + 1} order by line desc, nth limit ${linesShown * (namesShown + 1)}`
}

async function countsOfMany(ctx: Context, since: Date, rows: readonly Row[]): Promise<Map<string, number>> {
  if (rows.every(({ most }) => Number(most) === 1)) return new Map()
  const counts = await ctx.db.rows<
    Omit<Row, 'line' | 'at' | 'most'>
  >(sql`with ${operationsSql(ctx, since, seenEntities(ctx))}
  select operation.actor_id, operation.deed, operation.entity, class.id as class_id, count(distinct entry.entity_id) as changed
  from operation
  join ${journal} as entry on entry.school_id = ${ctx.school.id} and entry.operation_id = operation.id
    and entry.entity = operation.entity and (operation.changed > 1 or entry.number = operation.first)
  left join ${journalOwners} as class on class.school_id = ${ctx.school.id} and class.number = operation.first
    and class.entity = 'class' and operation.entity <> 'class'
  group by operation.actor_id, operation.deed, operation.entity, class.id`)
  return new Map(counts.map((row) => [groupOf(row), Number(row.changed)]))
}
const groupOf = ({ actor_id, deed, entity, class_id }: Pick<Row, 'actor_id' | 'deed' | 'entity' | 'class_id'>) =>
  [actor_id, deed, entity, class_id].join(' ')

export interface ChangeLine {
  at: string
  by: string | null
  way: OperationWay
  deed: Deed
  entity: JournalEntity
  count: number
  names: RecordName[]
  inClass: RecordName['inClass']
}
type Names = Awaited<ReturnType<typeof namesOf>>

interface Known {
  names: Names
  people: ReadonlyMap<string | null, string>
  counts: ReadonlyMap<string, number>
}

function lineOf(rows: readonly Row[], { names, people, counts }: Known): ChangeLine {
  const [latest] = rows as [Row]
  const { actor_id, deed, entity, at, changed, most } = latest
  const named = rows.map(({ entity_id }) => names.get(`${entity} ${entity_id}`))
  const byId = new Map(named.flatMap((name) => (name ? [[name.id, name] as const] : [])))
  // An erased person has no name any more.
  const isNamed = deed !== 'erase' && Number(most) === 1 && named.every(Boolean)
  const isWhole = isNamed && byId.size <= namesShown
  return {
    at: (operations.at.mapFromDriverValue(at) as Date).toISOString(),
    by: people.get(actor_id) ?? null,
    way: 'screen',
    deed,
    entity,
    // Five saves of one record change one record.
    count: isWhole ? byId.size : (counts.get(groupOf(latest)) ?? Number(changed)),
    names: isWhole ? [...byId.values()] : [],
    inClass: named[0]?.inClass ?? null,
  }
}

async function peopleOf({ db }: Context, ids: (string | null)[]): Promise<Map<string | null, string>> {
  const known = ids.flatMap((id) => id ?? [])
  const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, known))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function readLines(ctx: Context, since: Date): Promise<ChangeLine[]> {
  const rows = await ctx.db.rows<Row>(linesSql(ctx, since))
  const records = rows.map(({ entity, entity_id }) => ({ entity, entityId: entity_id }))
  const [names, people, counts] = await Promise.all([
    namesOf(ctx.db, ctx.school.id, records),
    peopleOf(ctx, [...new Set(rows.map(({ actor_id }) => actor_id))]),
    countsOfMany(ctx, since, rows),
  ])
  return [...grouped(rows, ({ line }) => line).values()].map((line) => lineOf(line, { names, people, counts }))
}

/** An import changes very many records, which are not counted for each reader. */
async function readImports({ db, school }: Context, since: Date): Promise<ChangeLine[]> {
  const made = await db
    .select({ at: operations.at, by: users.name, way: operations.way })
    .from(operations)
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(and(eq(operations.schoolId, school.id), gte(operations.at, since), eq(operations.way, 'import')))
    .orderBy(desc(operations.at))
    .limit(linesShown)
  return made.map(({ at, by, way }) => ({
    ...{ at: at.toISOString(), by, way, deed: 'import', entity: 'school' },
    ...{ count: 0, names: [], inClass: null },
  }))
}

export async function readChanges(ctx: Context): Promise<ChangeLine[]> {
  if (!allows(ctx.actor, 'student.write')) return []
  await fillJournal(ctx.db, ctx.school.id)
  const since = sinceYesterday(ctx)
  const [lines, imports] = await Promise.all([readLines(ctx, since), readImports(ctx, since)])
  return [...lines, ...imports].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, linesShown)
}
