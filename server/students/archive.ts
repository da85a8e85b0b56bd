import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenInput } from '../records/input.ts'
import { readStudent } from './read.ts'
import { studentKind } from './kind.ts'

/** Takes the student off the lists; nothing of her is lost, and `restoreStudent` brings her back. */
export const archiveStudent = (ctx: MutationContext, input: ArchiveInput) =>
  mutate(
    ctx,
    (tx) => archiveRecord(tx, ctx, studentKind, input),
    (tx) => readStudent(tx, ctx, input.id),
  )

/** `student.number_taken` when her number went to somebody else meanwhile. */
export const restoreStudent = (ctx: MutationContext, input: SeenInput) =>
  mutate(
    ctx,
    (tx) => restoreRecord(tx, ctx, studentKind, input),
    (tx) => readStudent(tx, ctx, input.id),
  )
