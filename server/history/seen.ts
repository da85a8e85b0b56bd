/** Who sees what of the journal: of no record more than its own page shows them. */
import type { SQL } from 'drizzle-orm'
import { and, inArray, notInArray, or, sql } from 'drizzle-orm'
import { journal } from '../../db/schema/index.ts'
import type { HistoryEntity, JournalEntity } from '../../db/values.ts'
import { historyEntities } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Actor } from '../context.ts'
import { grouped } from '../grouped.ts'
import { toldOf } from '../kinds.ts'
import type { Sight } from '../records/declaration.ts'

/** Whether this reader sees entries about such records. */
export const seesEntity = ({ role }: Actor, entity: JournalEntity): boolean => {
  const { read, isPrivate } = toldOf(entity)
  return !isPrivate && allows(role, read)
}

const seesBy = ({ role }: Actor, sight: Sight | undefined): boolean =>
  sight === 'all' || (sight !== undefined && sight !== 'none' && allows(role, sight))

/** Whether this reader sees what this field held. */
export const seesField = (actor: Actor, entity: JournalEntity, field: string): boolean =>
  seesBy(actor, toldOf(entity).fields[field]?.sees)

function subsetsOf(fields: readonly string[]): string[][] {
  let sets: string[][] = [[]]
  for (const field of fields) sets = sets.concat(sets.map((set) => [...set, field]))
  return sets
}

/** The lists of changed fields, as the journal has them, of which this reader sees none. */
const unseenLists = (actor: Actor, entity: HistoryEntity): string[][] =>
  subsetsOf(
    Object.keys(toldOf(entity).fields)
      .filter((field) => !seesField(actor, entity, field))
      .toSorted(),
  )

/**
 * The entries that tell this reader something; only about records of `wanted`, where it is named. Whoever counts and
 * pages by it neither sees nor counts what is hidden from them.
 */
export function visible(actor: Actor, wanted?: JournalEntity): SQL | undefined {
  const entities = historyEntities.filter(
    (entity) => (wanted === undefined || entity === wanted) && seesEntity(actor, entity),
  )
  if (!entities.length) return sql`1 = 0`
  const alike = grouped(entities, (entity) => JSON.stringify(unseenLists(actor, entity)))
  const telling = [...alike].map(([lists, those]) =>
    and(inArray(journal.entity, those), notInArray(journal.fields, JSON.parse(lists) as string[][])),
  )
  return or(...telling)
}
