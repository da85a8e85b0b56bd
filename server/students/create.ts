import { newId } from '../../db/kit.ts'
import { students } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { writeAddresses } from './addresses.ts'
import type { CreateStudentInput } from './input.ts'
import { readStudent } from './read.ts'
import type { StudentRow } from './write.ts'
import { derived } from './write.ts'

export function createStudent(ctx: MutationContext, { addresses = [], ...fields }: CreateStudentInput) {
  return mutate(
    ctx,
    async (tx) => {
      const row = { ...fields, schoolId: ctx.school.id, id: newId() }
      const [after] = await tx
        .insert(students)
        .values({ ...row, ...derived(row) })
        .returning()
      return [{ entity: 'student', after: after as StudentRow }, ...(await writeAddresses(tx, row, addresses, ctx.now))]
    },
    (tx, [created]) => readStudent(tx, ctx, created?.id ?? ''),
  )
}
