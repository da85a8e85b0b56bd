import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf } from '../kinds.ts'
import { archiveRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenVersion } from '../records/input.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { studentKind } from './kind.ts'
import { readStudent } from './read.ts'

export const archiveStudent = (ctx: MutationContext, input: ArchiveInput) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'student' },
    (tx) => archiveRecord(tx, ctx, studentKind, input, dependentsOf('student')),
    (tx) => readStudent(tx, ctx, input.id),
  )

/** Throws `student.number_taken`. A merged record becomes one of its own again, without what the merge moved. */
export const restoreStudent = (ctx: MutationContext, input: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'student' },
    async (tx) => {
      const before = await seenRecord(tx, studentKind, ctx, input)
      return changeRows(tx, studentKind, [before], { archivedAt: null, mergedIntoId: null })
    },
    (tx) => readStudent(tx, ctx, input.id),
  )
