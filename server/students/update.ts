import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { schoolEnrollmentKind } from '../school-enrollments/kind.ts'
import { writeAddresses } from './addresses.ts'
import type { UpdateStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { readStudent } from './read.ts'

export function updateStudent(ctx: MutationContext, { id, version, addresses = [], ...fields }: UpdateStudentInput) {
  return mutate(
    ctx,
    { deed: 'change', about: 'student' },
    async (tx) => {
      const before = await seenRecord(tx, studentKind, ctx, { id, version })
      const moved = await writeAddresses(tx, ctx, new Map([[id, addresses]]))
      const changes = await changeRows(tx, studentKind, [before], fields, () => moved.length > 0)
      return [...changes, ...moved, ...(await schoolEnrollmentKind.follow(tx, ctx, changes))]
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
