import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { users } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { alsoTelling } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { memberKind } from '../members/kind.ts'
import { addRows } from '../records/write.ts'
import type { MadeToken } from './add-token.ts'
import { addToken, shownOnce } from './add-token.ts'
import type { CreateServiceInput } from './input.ts'

/** Nobody signs in by it: RFC 2606 keeps `.invalid` for no one. */
async function addAccount(tx: Transaction, name: string, createdAt: Date): Promise<string> {
  const id = newId()
  await tx.insert(users).values({ id, name, email: `${id}@service.invalid`, isService: true, createdAt })
  return id
}

export function createService(ctx: MutationContext, { role, ...input }: CreateServiceInput) {
  let made: MadeToken | undefined
  return mutate(
    ctx,
    { deed: 'add', about: 'membership' },
    async (tx) => {
      const userId = await addAccount(tx, input.name, ctx.now)
      const [added] = await addRows(tx, memberKind, ctx.school.id, [{ userId, role }])
      if (!added) throw new Error('the membership that was made is not there')
      made = await addToken(tx, ctx, added.after, input)
      return alsoTelling([added], { apiToken: [null, input.name] })
    },
    async () => shownOnce(made),
  )
}
