/** A reader sees no more of a record in history than on its own page. */
import type { SQL } from 'drizzle-orm'
import { inArray, isNull, or, sql } from 'drizzle-orm'
import { hasAnyOfEach } from '../../db/kit.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { historyEntities } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Actor } from '../context.ts'
import { declarationOf } from '../kinds.ts'
import type { Sight } from '../records/declaration.ts'

export const seesEntity = (actor: Actor, entity: JournalEntity): boolean => {
  const { read, isPrivate } = declarationOf(entity)
  return !isPrivate && allows(actor, read)
}

const seesBy = (actor: Actor, sight: Sight | undefined): boolean =>
  sight === 'all' || (sight !== undefined && sight !== 'none' && allows(actor, sight))

export const seesField = (actor: Actor, entity: JournalEntity, field: string): boolean =>
  seesBy(actor, declarationOf(entity).fields[field]?.sees)

const seenBy = (actor: Actor): JournalEntity[] => historyEntities.filter((entity) => seesEntity(actor, entity))

/** The people of other operations are not named: what they are about is hidden from the reader. */
export const isListed = (actor: Actor): SQL | undefined =>
  or(isNull(operations.about), inArray(operations.about, seenBy(actor)))

/** The condition hides entries before counting and paging, so that neither reveals them. */
export function visible(actor: Actor, wanted?: JournalEntity): SQL {
  const entities = seenBy(actor).filter((entity) => wanted === undefined || entity === wanted)
  const shown = entities.flatMap((entity) => {
    const fields = Object.keys(declarationOf(entity).fields).filter((field) => seesField(actor, entity, field))
    return fields.length ? [[entity, fields] as const] : []
  })
  return shown.length ? hasAnyOfEach(journal.fields, journal.entity, Object.fromEntries(shown)) : sql`1 = 0`
}
