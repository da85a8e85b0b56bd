import type { Transaction } from '../../../db/database.ts'
import { importResults } from '../../../db/schema/index.ts'
import type { Total } from '../comparison/comparison.ts'
import type { Counted } from './prepare.ts'

export interface WrittenSchool {
  id: number
  sourcedId: string
  change: keyof Total
  counted: Counted
  ended: number
  promoted: number
}

interface Result {
  schoolId: number
  operationId: string
  name: string
  totals: Counted
}

export async function writeResult(tx: Transaction, { name, totals, ...own }: Result): Promise<void> {
  const stored = totals as Record<string, Record<string, number>>
  await tx.insert(importResults).values({ ...own, name: name.slice(0, 255), totals: stored })
}
