import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf, kinds } from '../kinds.ts'
import { erasableRecord, erasePeople } from '../records/erase.ts'
import type { EraseInput } from '../records/input.ts'
import { guardianKind } from './kind.ts'
import { readGuardian } from './read.ts'

export const eraseGuardian = (ctx: MutationContext, input: EraseInput) =>
  mutate(
    ctx,
    { deed: 'erase', about: 'guardian' },
    async (tx) => {
      const { id } = await erasableRecord(tx, ctx, guardianKind, input)
      return erasePeople(tx, ctx, kinds.guardian, dependentsOf('guardian'), [id])
    },
    (tx) => readGuardian(tx, ctx, input.id),
  )
