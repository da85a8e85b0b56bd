import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { addRecord } from '../records/write.ts'
import { writeAddresses } from './addresses.ts'
import type { CreateStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { readStudent } from './read.ts'

export function createStudent(ctx: MutationContext, { addresses = [], ...fields }: CreateStudentInput) {
  return mutate(
    ctx,
    { deed: 'add', about: 'student' },
    async (tx) => {
      const added = await addRecord(tx, studentKind, ctx.school.id, fields)
      return [added, ...(await writeAddresses(tx, ctx, new Map([[added.after.id, addresses]])))]
    },
    (tx, [created]) => readStudent(tx, ctx, created?.id ?? ''),
  )
}
