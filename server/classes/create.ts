import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { requireReferences } from '../records/refer.ts'
import { addRecord } from '../records/write.ts'
import type { CreateClassInput } from './input.ts'
import { classKind } from './kind.ts'
import { readClass } from './read.ts'
import { writeTerms } from './terms.ts'

export const createClass = (ctx: MutationContext, { academicSessionIds = [], ...fields }: CreateClassInput) =>
  mutate(
    ctx,
    { deed: 'add', about: 'class' },
    async (tx) => {
      await requireReferences(tx, ctx.school.id, classKind, fields)
      const added = await addRecord(tx, classKind, ctx.school.id, fields)
      return [added, ...(await writeTerms(tx, ctx, new Map([[added.after.id, academicSessionIds]])))]
    },
    (tx, [created]) => readClass(tx, ctx, created?.id ?? ''),
  )
