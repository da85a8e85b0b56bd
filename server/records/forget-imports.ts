/** Bundles that wait, and what was found in earlier ones, may tell of a person who is erased. */
import type { SQL } from 'drizzle-orm'
import { eq, inArray, not, or } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { importPieces, imports, memberships, schools } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'

interface Named {
  outside?: { sourcedId: string }[]
}

/** A bundle for other schools may name this one too. What one that was not compared yet names, nobody knows. */
async function naming(tx: Transaction, schoolId: number, others: SQL): Promise<string[]> {
  const [school] = await tx.select({ sourcedId: schools.sourcedId }).from(schools).where(eq(schools.id, schoolId))
  const rows = await tx.select({ id: imports.id, report: imports.report }).from(imports).where(others)
  return rows.flatMap(({ id, report }) => {
    const { outside } = (report ?? {}) as Named
    return !outside || outside.some(({ sourcedId }) => sourcedId === school?.sourcedId) ? id : []
  })
}

/** Whoever works on one of them writes nothing any more. Its files have to be dropped again. */
export async function forgetImports(tx: Transaction, { school: { id: schoolId } }: MutationContext): Promise<void> {
  const members = tx.select({ userId: memberships.userId }).from(memberships).where(eq(memberships.schoolId, schoolId))
  const own = or(eq(imports.schoolId, schoolId), inArray(imports.userId, members)) as SQL
  const named = await naming(tx, schoolId, not(own))
  const meant = named.length ? or(own, inArray(imports.id, named)) : own
  const ids = tx.select({ id: imports.id }).from(imports).where(meant)
  await tx.delete(importPieces).where(inArray(importPieces.importId, ids))
  await tx.delete(imports).where(meant)
}
