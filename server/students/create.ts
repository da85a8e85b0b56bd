import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { addRecord } from '../records/write.ts'
import { enterStudents } from '../school-enrollments/kind.ts'
import { numbered } from '../schools/student-numbers.ts'
import { writeAddresses } from './addresses.ts'
import { entering } from './entering.ts'
import type { CreateStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { requireMedical } from './medical.ts'
import { readStudent } from './read.ts'

export function createStudent(ctx: MutationContext, { addresses = [], entryDate, ...fields }: CreateStudentInput) {
  return mutate(
    ctx,
    { deed: 'add', about: 'student' },
    async (tx) => {
      requireMedical(ctx, [fields])
      const [item = fields] = await numbered(tx, ctx, [fields])
      const added = await addRecord(tx, studentKind, ctx.school.id, item)
      const { id } = added.after
      return [
        added,
        ...(await writeAddresses(tx, ctx, new Map([[id, addresses]]))),
        ...(await enterStudents(tx, ctx, entering([[id, { ...fields, entryDate }]]))),
      ]
    },
    (tx, [created]) => readStudent(tx, ctx, created?.id ?? ''),
  )
}
