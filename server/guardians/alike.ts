import { and, eq, inArray, isNull } from 'drizzle-orm'
import { guardians } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import { sortName } from '../people.ts'
import { idsWith, told } from '../records/alike.ts'
import type { AlikeGuardiansInput } from './input.ts'
import { guardianColumns } from './read.ts'

export async function findAlikeGuardians(ctx: Context, { people }: AlikeGuardiansInput) {
  const found = []
  for (const batch of inBatches(await idsWith(ctx, guardians, guardians.sortName, people.map(sortName))))
    found.push(
      ...(await ctx.db
        .select(guardianColumns)
        .from(guardians)
        .where(and(eq(guardians.schoolId, ctx.school.id), inArray(guardians.id, batch), isNull(guardians.erasedAt)))),
    )
  return found.map(({ erasedAt: _, sourcedId: __, ...row }) => told(row))
}
