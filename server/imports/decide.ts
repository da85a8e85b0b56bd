import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { imports } from '../../db/schema/index.ts'
import type { ImportState } from '../../db/values.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { ApplyImportInput, CompareImportInput, OneImportInput } from './input.ts'
import { hasBegun } from './lease.ts'
import { dropPieces } from './pieces.ts'
import { getImport, ownImport } from './read.ts'
import { wake } from './wake.ts'
import type { Choices } from './work.ts'

type Change = Partial<typeof imports.$inferInsert>

async function change(ctx: MutationContext, id: string, from: readonly ImportState[], set: Change, more?: SQL) {
  await ownImport(ctx.db, ctx, id)
  const [row] = await ctx.db.transaction(noSchool, (tx) =>
    tx
      .update(imports)
      .set({ ...set, changedAt: ctx.now })
      .where(and(eq(imports.schoolId, ctx.school.id), eq(imports.id, id), inArray(imports.state, [...from]), more))
      .returning({ state: imports.state }),
  )
  if (!row) throw new DomainError('import.moved_on')
  wake(ctx.db)
}

export async function compareImport(ctx: MutationContext, { id, ...choices }: CompareImportInput) {
  await change(ctx, id, ['ready', 'failed'], { state: 'comparing', choices, failure: null, progress: null })
  return getImport(ctx, { id })
}

export async function applyImport(ctx: MutationContext, { id, changedAt, ...decided }: ApplyImportInput) {
  const { choices } = await ownImport(ctx.db, ctx, id)
  // What was compared is brought in.
  const { source, adopt, endMissing } = choices as Choices
  const compared = Object.entries({ source, adopt, endMissing }).filter(([, choice]) => choice !== undefined)
  const all: Choices = { ...Object.fromEntries(compared), ...decided }
  const set: Change = { state: 'applying', choices: { ...all }, failure: null, progress: null }
  const seen = changedAt === undefined ? undefined : eq(imports.changedAt, new Date(changedAt))
  await change(ctx, id, ['ready'], set, seen)
  return getImport(ctx, { id })
}

/** Whoever works on it hears of it within a second; nobody need work on one that waits. */
export async function cancelImport(ctx: MutationContext, { id }: OneImportInput) {
  const { state, leaseOwner, choices } = await ownImport(ctx.db, ctx, id)
  if (state === 'applying' && hasBegun({ choices })) throw new DomainError('import.moved_on')
  const isAtWork = (state === 'comparing' || state === 'applying') && leaseOwner !== null
  if (isAtWork) await change(ctx, id, ['comparing', 'applying'], { isCanceled: true })
  else {
    const waiting = ['comparing', 'ready', 'applying', 'failed'] as const
    await change(ctx, id, waiting, { state: 'canceled', isCanceled: true }, isNull(imports.leaseOwner))
    await dropPieces(ctx.db, { schoolId: ctx.school.id, id })
  }
  return getImport(ctx, { id })
}
