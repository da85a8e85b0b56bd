import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenStudentInput } from './input.ts'
import { readStudent } from './read.ts'
import { changeStudent, seenStudent } from './write.ts'

const setArchived = (ctx: MutationContext, input: SeenStudentInput, archivedAt: Date | null) =>
  mutate(
    ctx,
    async (tx) => {
      const before = await seenStudent(tx, ctx, input)
      const already = Boolean(before.archivedAt) === Boolean(archivedAt)
      return already ? [] : changeStudent(tx, before, { archivedAt })
    },
    (tx) => readStudent(tx, ctx, input.id),
  )

/** Takes the student off the lists; nothing of her is lost, and `restoreStudent` brings her back. */
export const archiveStudent = (ctx: MutationContext, input: SeenStudentInput) => setArchived(ctx, input, ctx.now)

/** `student.number_taken` when her number went to somebody else meanwhile. */
export const restoreStudent = (ctx: MutationContext, input: SeenStudentInput) => setArchived(ctx, input, null)
