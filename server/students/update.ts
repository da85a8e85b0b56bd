import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import { enterStudents, mirrorBefore, schoolEnrollmentKind } from '../school-enrollments/kind.ts'
import { writeAddresses } from './addresses.ts'
import { entering } from './entering.ts'
import type { UpdateStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { requireMedical } from './medical.ts'
import { readStudent } from './read.ts'

export function updateStudent(ctx: MutationContext, input: UpdateStudentInput) {
  const { id, version, addresses = [], entryDate, ...fields } = input
  return mutate(
    ctx,
    { deed: 'change', about: 'student' },
    async (tx) => {
      requireMedical(ctx, [fields])
      const seen = await seenRecord(tx, studentKind, ctx, { id, version })
      const brought = await mirrorBefore(tx, ctx, [{ before: seen, fields }])
      const before = brought[0]?.after ?? seen
      const moved = await writeAddresses(tx, ctx, new Map([[id, addresses]]))
      const changes = await changeRows(tx, studentKind, [before], fields, () => moved.length > 0)
      const followed = await schoolEnrollmentKind.follow(tx, ctx, changes)
      return [...brought, ...changes, ...moved, ...followed, ...(await enterStudents(tx, ctx, entering([[id, input]])))]
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
