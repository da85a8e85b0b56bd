import { eq } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { memberships } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf, kinds } from '../kinds.ts'
import { erasableRecord, erasePeople } from '../records/erase.ts'
import type { EraseInput } from '../records/input.ts'
import { instructorKind } from './kind.ts'
import { readInstructor } from './read.ts'

/** Throws `instructor.has_account` while a member signs in as this instructor. */
export const eraseInstructor = (ctx: MutationContext, input: EraseInput) =>
  mutate(
    ctx,
    { deed: 'erase', about: 'instructor' },
    async (tx) => {
      const { id } = await erasableRecord(tx, ctx, instructorKind, input)
      const [member] = await tx
        .select({ id: memberships.id })
        .from(memberships)
        .where(inUse(memberships, ctx.school.id, eq(memberships.instructorId, id)))
      if (member) throw new DomainError('instructor.has_account')
      return erasePeople(tx, ctx, kinds.instructor, dependentsOf('instructor'), [id])
    },
    (tx) => readInstructor(tx, ctx, input.id),
  )
