import { programs } from '../../../db/schema/index.ts'
import type { MutationContext } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { mutate } from '../../journal/operation.ts'
import { changeMany, takenAmong } from '../../records/many.ts'
import { studentKind } from '../kind.ts'
import { answerFor, chosenStudents } from './chosen.ts'
import type { UpdateManyStudentsInput } from './input.ts'

/** Writes the same fields into all of them, or none: `many.refused` names who has changed meanwhile. */
export function updateManyStudents(ctx: MutationContext, input: UpdateManyStudentsInput) {
  const { programId } = input.set
  return mutate(
    ctx,
    async (tx) => {
      const rows = await chosenStudents(tx, ctx, input)
      const known = programId && (await takenAmong(tx, programs, programs.id, ctx.school.id, [programId]))
      if (known && !known.size) throw new DomainError('program.not_found')
      return changeMany(tx, studentKind, rows, input.set)
    },
    async (_, changed) => answerFor(ctx, input, changed),
  )
}
