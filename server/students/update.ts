import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { writeAddresses } from './addresses.ts'
import type { UpdateStudentInput } from './input.ts'
import { readStudent } from './read.ts'
import { changeStudent, seenStudent } from './write.ts'

/** Changes the given fields of the student as she was at `version`; `student.stale` when she has changed since. */
export function updateStudent(ctx: MutationContext, { id, version, addresses = [], ...fields }: UpdateStudentInput) {
  return mutate(
    ctx,
    async (tx) => {
      const before = await seenStudent(tx, ctx, { id, version })
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      const moved = await writeAddresses(tx, before, addresses, ctx.now)
      return [...(await changeStudent(tx, before, given, moved.length > 0)), ...moved]
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
