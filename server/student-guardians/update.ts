import type { Reader } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { findRow } from '../records/kind.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { inCallingOrder, studentGuardianCore } from './core.ts'
import type { UpdateStudentGuardianInput } from './input.ts'
import { guardiansOf } from './read.ts'

export async function guardiansAround(tx: Reader, { school }: MutationContext, id: string) {
  const link = await findRow(tx, studentGuardianCore, school.id, id)
  return link ? guardiansOf(tx, school.id, link.studentId) : []
}

export function updateStudentGuardian(
  ctx: MutationContext,
  { id, version, priority, ...fields }: UpdateStudentGuardianInput,
) {
  return mutate(
    ctx,
    { deed: 'change', about: 'studentGuardian' },
    async (tx) => {
      const before = await seenRecord(tx, studentGuardianCore, ctx, { id, version })
      const changes = await changeRows(tx, studentGuardianCore, [before], fields)
      if (!priority || before.archivedAt) return changes
      const { schoolId, studentId } = before
      return [...changes, ...(await inCallingOrder(tx, schoolId, studentId, { id, position: priority }))]
    },
    (tx) => guardiansAround(tx, ctx, id),
  )
}
