import type { Transaction } from '../../../db/database.ts'
import type { MutationContext } from '../../context.ts'
import type { Changed } from '../../journal/operation.ts'
import { manyAnswer, requireExpected, seenMany } from '../../records/many.ts'
import type { StudentRow } from '../kind.ts'
import { studentKind } from '../kind.ts'
import { studentsOfList } from '../list.ts'
import type { RestoreManyStudentsInput } from './input.ts'

/** The students that many are chosen by: by name as they were seen, or all of a list but for a few. */
export async function chosenStudents(
  tx: Transaction,
  ctx: MutationContext,
  input: RestoreManyStudentsInput,
): Promise<StudentRow[]> {
  if ('items' in input) return seenMany(tx, studentKind, ctx, input.items)
  const except = new Set(input.except)
  const rows = (await studentsOfList(tx, ctx, input.filter)).filter(({ id }) => !except.has(id))
  requireExpected(rows.length, input.expected)
  return rows
}

export const answerFor = (ctx: MutationContext, input: RestoreManyStudentsInput, changed: readonly Changed[]) =>
  manyAnswer(ctx, studentKind, changed, 'items' in input ? input.items : 'filtered')
