import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { addRecord } from '../records/write.ts'
import type { CreateClassInput } from './input.ts'
import { classKind } from './kind.ts'
import { readClass } from './read.ts'
import { checkReferences } from './references.ts'
import { writeTerms } from './terms.ts'

export const createClass = (ctx: MutationContext, { academicSessionIds = [], ...fields }: CreateClassInput) =>
  mutate(
    ctx,
    async (tx) => {
      await checkReferences(tx, ctx.school.id, fields)
      const added = await addRecord(tx, classKind, ctx.school.id, fields)
      return [added, ...(await writeTerms(tx, ctx, added.after.id, academicSessionIds))]
    },
    (tx, [created]) => readClass(tx, ctx, created?.id ?? ''),
  )
