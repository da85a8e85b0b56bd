import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { changeRows, seenRecord } from '../records/write.ts'
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
      return [...(await changeRows(tx, studentKind, [before], fields, () => moved.length > 0)), ...moved]
    },
    (tx) => readStudent(tx, ctx, id),
  )
}
