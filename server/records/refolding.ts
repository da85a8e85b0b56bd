/** The release before stored names folded and ordered in its way: they are written anew, some at a time. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import type { AnyKind } from './declaration.ts'
import type { RecordTable, RowOf } from './kind.ts'
import { asOne } from './kind.ts'
import { refolded, refoldRows } from './write.ts'

const readAtOnce = 500
type AnyRow = RowOf<RecordTable>

async function nextRows(db: Reader, { table }: AnyKind, schoolId: number, after: string, size: number) {
  const { id, schoolId: school } = asOne(table)
  const rows = await db
    .select()
    .from(asOne(table))
    .where(and(eq(school, schoolId), gt(id, after)))
    .orderBy(asc(id))
    .limit(size)
  return rows as AnyRow[]
}

const firstId = '00000000-0000-0000-0000-000000000000'

export function refoldingBy(kinds: readonly AnyKind[]) {
  const folding = kinds.filter(({ derive, table }) => derive && 'sortName' in table)

  async function leftOf(db: Reader, kind: AnyKind, schoolId: number, isStopped: () => boolean): Promise<number> {
    let all = 0
    for (let after = firstId; !isStopped(); await breathe()) {
      const rows = await nextRows(db, kind, schoolId, after, readAtOnce)
      all += refolded(kind, rows).length
      if (rows.length < readAtOnce) break
      after = rows.at(-1)?.id ?? after
    }
    return all
  }

  return {
    /** No query can tell: each row is folded once more, and compared. */
    async left(db: Reader, schoolId: number, isStopped: () => boolean): Promise<number> {
      let all = 0
      for (const kind of folding) all += await leftOf(db, kind, schoolId, isStopped)
      return all
    },

    /** `after` names the kind, by its number, and the row. What is folded as it should be is not written again. */
    async fill(tx: Transaction, schoolId: number, after: string, size: number) {
      const [number = '0', id = firstId] = after ? after.split(' ') : []
      const kind = folding[Number(number)]
      if (!kind) return { filled: 0, after: null }
      const rows = await nextRows(tx, kind, schoolId, id, size)
      const filled = await refoldRows(tx, kind, rows)
      const next = rows.length < size ? `${Number(number) + 1} ${firstId}` : `${number} ${rows.at(-1)?.id}`
      return { filled, after: next }
    },
  }
}
