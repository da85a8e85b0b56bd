/** Each school remembers what its imports did to it. */
import type { Transaction } from '../../db/database.ts'
import { importResults } from '../../db/schema/index.ts'
import type { Plan } from './compare.ts'
import type { Total } from './comparison.ts'
import type { Entity } from './known.ts'
import { entities } from './known.ts'

export interface WrittenSchool {
  id: number
  /** Null where nothing but endings was written, which have an operation of their own. */
  operationId: string | null
  /** So many students who waited have a seat now. */
  promoted: number
}

type Stored = Record<string, Record<string, number>>
export type Counted = Partial<Record<Entity, Partial<Omit<Total, 'same'>>>>

export function countedIn({ differences, ending }: Plan, key: string): Counted {
  const counted: Counted = {}
  for (const entity of entities)
    for (const [, difference] of differences.under([entity, key])) {
      if (ending.has([key, entity, difference.after.id])) continue
      const total = counted[entity] ?? {}
      total[difference.counted] = (total[difference.counted] ?? 0) + 1
      counted[entity] = total
    }
  return counted
}

export async function writeResults(
  tx: Transaction,
  plan: Plan,
  written: ReadonlyMap<string, WrittenSchool>,
  name: string,
): Promise<void> {
  const rows = [...written].flatMap(([key, { id: schoolId, operationId }]) =>
    operationId === null
      ? []
      : { schoolId, operationId, name: name.slice(0, 255), totals: countedIn(plan, key) as Stored },
  )
  if (rows.length) await tx.insert(importResults).values(rows)
}
