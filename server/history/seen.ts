/** Who sees what of the journal: of no record more than its own page shows them. */
import type { SQL } from 'drizzle-orm'
import { isNull, notInArray, or, sql } from 'drizzle-orm'
import { hasAnyOfEach } from '../../db/kit.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { historyEntities } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Actor } from '../context.ts'
import { allKinds, toldOf } from '../kinds.ts'
import type { Sight } from '../records/declaration.ts'

/** Whether this reader sees entries about such records. */
export const seesEntity = ({ role }: Actor, entity: JournalEntity): boolean => {
  const { read, isPrivate } = toldOf(entity)
  return !isPrivate && allows(role, read)
}

const privateEntities = allKinds.flatMap(({ entity, isPrivate }) => (isPrivate ? [entity] : []))
/** An operation that is not about what a person keeps for themselves. */
export const isTold = or(isNull(operations.about), notInArray(operations.about, privateEntities))

const seesBy = ({ role }: Actor, sight: Sight | undefined): boolean =>
  sight === 'all' || (sight !== undefined && sight !== 'none' && allows(role, sight))

/** Whether this reader sees what this field held. */
export const seesField = (actor: Actor, entity: JournalEntity, field: string): boolean =>
  seesBy(actor, toldOf(entity).fields[field]?.sees)

/**
 * The entries that tell this reader something; only about records of `wanted`, where it is named. Whoever counts and
 * pages by it neither sees nor counts what is hidden from them.
 */
export function visible(actor: Actor, wanted?: JournalEntity): SQL {
  const entities = historyEntities.filter(
    (entity) => (wanted === undefined || entity === wanted) && seesEntity(actor, entity),
  )
  const seen = entities.flatMap((entity) => {
    const fields = Object.keys(toldOf(entity).fields).filter((field) => seesField(actor, entity, field))
    return fields.length ? [[entity, fields] as const] : []
  })
  return seen.length ? hasAnyOfEach(journal.fields, journal.entity, Object.fromEntries(seen)) : sql`1 = 0`
}
