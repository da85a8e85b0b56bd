import { and, eq } from 'drizzle-orm'
import { studentGuardians } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { erasableRecord, erasePeople } from '../records/erase.ts'
import type { EraseInput } from '../records/input.ts'
import { closeGaps } from '../student-guardians/kind.ts'
import { guardianKind } from './kind.ts'
import { guardianData } from './personal.ts'
import { readGuardian } from './read.ts'

/** Takes all that is known of an archived guardian out of the register, for good; whoever is called next moves up. */
export const eraseGuardian = (ctx: MutationContext, input: EraseInput) =>
  mutate(
    ctx,
    async (tx) => {
      const { id } = await erasableRecord(tx, ctx, guardianKind, input)
      const linked = await tx
        .select({ studentId: studentGuardians.studentId })
        .from(studentGuardians)
        .where(and(eq(studentGuardians.schoolId, ctx.school.id), eq(studentGuardians.guardianId, id)))
      const erased = await erasePeople(tx, ctx, guardianData, [id])
      return [...erased, ...(await closeGaps(tx, ctx.school.id, new Set(linked.map(({ studentId }) => studentId))))]
    },
    (tx) => readGuardian(tx, ctx, input.id),
  )
