/** While a bundle is compared and written, staff go on working: not every change of theirs makes the comparison void. */
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { journal } from '../../../db/schema/index.ts'
import type { Plan } from '../compare.ts'
import type { Entity } from '../comparison/known.ts'
import { entities } from '../comparison/known.ts'

const people: readonly string[] = ['student', 'instructor', 'guardian'] satisfies Entity[]
/** By these a bundle's rows find their records, and classes their members. */
const deciding = ['archivedAt', 'erasedAt', 'extra', 'mergedIntoId', 'number', 'sourcedId']
const isRead = (entity: string) => entity === 'school' || (entities as readonly string[]).includes(entity)

const most = 1_000

/** Records that the comparison does not read may change, and so may names and contacts of people whom the plan leaves as they are: these changes count as made after it. */
export async function hasMoved(
  tx: Reader,
  { known, differences }: Plan,
  key: string,
  schoolId: number,
): Promise<boolean> {
  const { entity, entityId, version, fields, number } = journal
  const since = await tx
    .select({ entity, id: entityId, version, fields })
    .from(journal)
    .where(and(eq(journal.schoolId, schoolId), gt(number, known.heads.get(key) ?? 0)))
    .orderBy(asc(number))
    .limit(most)
  return (
    since.length === most ||
    since.some((entry) => {
      if (!isRead(entry.entity)) return false
      const isPlain = people.includes(entry.entity) && entry.version > 1
      return (
        !isPlain || entry.fields.some((one) => deciding.includes(one)) || differences.has([entry.entity, key, entry.id])
      )
    })
  )
}
