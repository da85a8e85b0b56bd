/** The release before stored names folded and ordered in its way: they are written anew, some at a time. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import type { AnyKind } from './declaration.ts'
import type { RecordTable, RowOf } from './kind.ts'
import { asOne, idsOf, rowsWhere } from './kind.ts'
import { refolded, refoldRows } from './write.ts'

const readAtOnce = 500
type AnyRow = RowOf<RecordTable>

async function nextRows(db: Reader, { table }: AnyKind, schoolId: number, after: string): Promise<AnyRow[]> {
  const { id, schoolId: school } = asOne(table)
  const rows = await db
    .select()
    .from(asOne(table))
    .where(and(eq(school, schoolId), gt(id, after)))
    .orderBy(asc(id))
    .limit(readAtOnce)
  return rows as AnyRow[]
}

/** Under the lock they are read again: somebody may have written them meanwhile. */
const write = (db: Database, kind: AnyKind, schoolId: number, ids: string[]): Promise<number> =>
  db.transaction(schoolId, async (tx) =>
    refoldRows(tx, kind, await rowsWhere(tx, kind, schoolId, inArray(asOne(kind.table).id, ids))),
  )

const firstId = '00000000-0000-0000-0000-000000000000'

export function refoldingBy(kinds: readonly AnyKind[]) {
  const folding = kinds.filter(({ derive, table }) => derive && 'sortName' in table)

  /** Answers how many rows it wrote. It may stop anywhere: what is folded as it should be is not written again. */
  return async function refold(db: Database, schoolId: number, isStopped = () => false): Promise<number> {
    let all = 0
    for (const kind of folding)
      for (let after = firstId; !isStopped(); await breathe()) {
        const rows = await nextRows(db, kind, schoolId, after)
        const ids = idsOf(refolded(kind, rows))
        if (ids.length) all += await write(db, kind, schoolId, ids)
        if (rows.length < readAtOnce) break
        after = rows.at(-1)?.id ?? after
      }
    return all
  }
}
