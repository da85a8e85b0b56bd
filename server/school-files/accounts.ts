/** Accounts belong to no school. Of those who are members here, or acted here, a name travels, and no secret. */
import { eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { memberships, operations, savedViews, users } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'

type UserColumn = keyof typeof users.$inferSelect
/** A new column of accounts does not compile until somebody has decided. */
const goes = {
  id: true,
  name: true,
  email: true,
  language: true,
  isOwner: true,
  isService: true,
  disabledAt: true,
  createdAt: false,
  passwordHash: false,
  passwordChosenAt: false,
} as const satisfies Record<UserColumn, boolean>
type Going = { [Column in UserColumn]: (typeof goes)[Column] extends true ? Column : never }[UserColumn]

export const account = z.strictObject({
  id: z.uuid().toLowerCase(),
  name: z.string().min(1).max(200),
  /** Null for who acted here and is no member: her name is enough. */
  email: z.string().max(320).toLowerCase().pipe(z.email()).nullable(),
  language: z.string().max(35).nullable(),
  /** Of the register that it comes from. It gives no right. */
  isOwner: z.boolean(),
  isDisabled: z.boolean(),
  isService: z.literal(true).optional(),
})
export type FiledAccount = z.infer<typeof account>

async function idsIn(tx: Reader, schoolId: number): Promise<{ members: Set<string>; all: string[] }> {
  const [members, keepers, actors] = await Promise.all([
    tx.selectDistinct({ id: memberships.userId }).from(memberships).where(eq(memberships.schoolId, schoolId)),
    tx.selectDistinct({ id: savedViews.userId }).from(savedViews).where(eq(savedViews.schoolId, schoolId)),
    tx.selectDistinct({ id: operations.actorId }).from(operations).where(eq(operations.schoolId, schoolId)),
  ])
  const all = new Set([...members, ...keepers, ...actors].flatMap(({ id }) => id ?? []))
  return { members: new Set(members.map(({ id }) => id)), all: [...all].toSorted() }
}

const columns: Pick<typeof users, Going> = users

export async function* accountsOf(tx: Reader, schoolId: number): AsyncGenerator<FiledAccount[]> {
  const { members, all } = await idsIn(tx, schoolId)
  for (const ids of inBatches(all)) {
    const { id, name, email, language, isOwner, isService, disabledAt } = columns
    const rows = await tx
      .select({ id, name, email, language, isOwner, isService, disabledAt })
      .from(users)
      .where(inArray(users.id, ids))
      .orderBy(users.id)
    yield rows.map(({ disabledAt: disabled, isService: isProgram, ...row }) => ({
      ...row,
      ...(isProgram && { isService: isProgram }),
      ...(members.has(row.id) ? {} : { email: null, language: null }),
      isDisabled: disabled !== null,
    }))
  }
}
