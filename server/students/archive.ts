import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import type { Foundation } from '../records/archive.ts'
import { archiveRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenInput } from '../records/input.ts'
import { changeRecord, seenRecord } from '../records/write.ts'
import { studentKind } from './kind.ts'
import { endFor, standingOn } from './many/archive.ts'
import { readStudent } from './read.ts'

/**
 * What stands on a student is her place in classes. Kept, she goes on holding her seats, and waits without being given
 * one, until somebody withdraws her: rosters mark her as archived.
 */
const foundation: Foundation<typeof studentKind.table> = {
  standingOn: async (tx, ctx, student) => [await standingOn(tx, ctx, [student])],
  end: (tx, ctx, student) => endFor(tx, ctx, [student]),
}

/** Takes the student off the lists; nothing of her is lost, and `restoreStudent` brings her back. */
export const archiveStudent = (ctx: MutationContext, input: ArchiveInput) =>
  mutate(
    ctx,
    (tx) => archiveRecord(tx, ctx, studentKind, input, foundation),
    (tx) => readStudent(tx, ctx, input.id),
  )

/**
 * `student.number_taken` when her number went to somebody else meanwhile. A record that was merged away becomes one of its
 * own again; what went over with the merge stays where it is.
 */
export const restoreStudent = (ctx: MutationContext, input: SeenInput) =>
  mutate(
    ctx,
    async (tx) => {
      const before = await seenRecord(tx, studentKind, ctx, input)
      return changeRecord(tx, studentKind, before, { archivedAt: null, mergedIntoId: null })
    },
    (tx) => readStudent(tx, ctx, input.id),
  )
