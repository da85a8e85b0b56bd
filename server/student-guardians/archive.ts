import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { referredRecord } from '../records/refer.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { inCallingOrder, linksOf, studentGuardianCore } from './core.ts'
import { studentGuardianKind } from './kind.ts'
import { guardiansAround } from './update.ts'

export function archiveStudentGuardian(ctx: MutationContext, seen: SeenVersion) {
  return mutate(
    ctx,
    { deed: 'archive', about: 'studentGuardian' },
    async (tx) => {
      const before = await seenRecord(tx, studentGuardianCore, ctx, seen)
      if (before.archivedAt) return []
      const changes = await changeRows(tx, studentGuardianCore, [before], { archivedAt: ctx.now })
      return [...changes, ...(await inCallingOrder(tx, before.schoolId, before.studentId))]
    },
    (tx) => guardiansAround(tx, ctx, seen.id),
  )
}

/** The old position returns. Throws `guardian.already_linked` when somebody has linked them again meanwhile, `not_found` when one of them was archived. */
export function restoreStudentGuardian(ctx: MutationContext, seen: SeenVersion) {
  return mutate(
    ctx,
    { deed: 'restore', about: 'studentGuardian' },
    async (tx) => {
      const before = await seenRecord(tx, studentGuardianCore, ctx, seen)
      if (!before.archivedAt) return []
      const { id, schoolId, studentId, guardianId, priority } = before
      await referredRecord(tx, studentGuardianKind, 'studentId', schoolId, studentId)
      await referredRecord(tx, studentGuardianKind, 'guardianId', schoolId, guardianId)
      const links = await linksOf(tx, schoolId, studentId)
      if (links.some((link) => link.guardianId === guardianId)) throw new DomainError('guardian.already_linked')
      const changes = await changeRows(tx, studentGuardianCore, [before], { archivedAt: null })
      return [...changes, ...(await inCallingOrder(tx, schoolId, studentId, { id, position: priority }))]
    },
    (tx) => guardiansAround(tx, ctx, seen.id),
  )
}
