import { and, desc, eq, inArray, notInArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { importResults, imports, operations, schools, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { endingProcedure } from '../journal/entry.ts'
import type { Finding } from '../oneroster/report.ts'
import type { ToldChange } from './changes.ts'
import { changesOnPage, shelfOf } from './changes.ts'
import type { ImportChangesInput, ImportFindingsInput, OneImportInput } from './input.ts'
import type { ImportRow } from './lease.ts'
import { readPiece, readPieces } from './pieces.ts'
import { schoolsFor } from './reach.ts'
import { listSources } from './sources.ts'
import type { Choices, ImportReport } from './work.ts'

/** A bundle may hold several schools, so only the person who brought it sees what is in it. */
export async function ownImport(db: Reader, { school, actor }: Context, id: string): Promise<ImportRow> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.schoolId, school.id), eq(imports.id, id), eq(imports.userId, actor.userId ?? '')))
  if (!row) throw new DomainError('import.not_found')
  return row
}

/** A report holds records of several schools: a person who has lost one of these schools sees it no more. */
async function sees(db: Reader, { userId, report }: ImportRow): Promise<boolean> {
  const slugs = ((report as ImportReport | null)?.schools ?? []).flatMap(({ slug }) => slug ?? [])
  if (!slugs.length) return true
  const found = await db.select({ id: schools.id }).from(schools).where(inArray(schools.slug, slugs))
  const reach = await schoolsFor(db, userId)
  return found.every(({ id }) => reach.has(id))
}

async function visibleImport(ctx: Context, id: string): Promise<ImportRow> {
  const row = await ownImport(ctx.db, ctx, id)
  if (!(await sees(ctx.db, row))) throw new DomainError('permission.changed')
  return row
}

export async function getImport(ctx: Context, { id }: OneImportInput) {
  const row = await ownImport(ctx.db, ctx, id)
  const { name, state, progress, failure, isCanceled, choices, createdAt, changedAt } = row
  const whole = row.report as ImportReport | null
  const report = whole && !(await sees(ctx.db, row)) ? { ...whole, missing: [], notes: [] } : whole
  const at = { createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString() }
  return { id, name, state, progress, failure, isCanceled, report, choices: choices as Choices, ...at }
}

export async function importChanges(ctx: Context, { id, entity, counted, page }: ImportChangesInput) {
  const { report } = await visibleImport(ctx, id)
  const totals = (report as ImportReport | null)?.totals as Record<string, Record<string, number>> | undefined
  const changes = await readPiece<ToldChange>(ctx.db, { schoolId: ctx.school.id, id }, shelfOf(entity, counted), page)
  return { changes: changes ?? [], total: totals?.[entity]?.[counted] ?? 0, onPage: changesOnPage }
}

export async function importFindings(ctx: Context, { id, kind }: ImportFindingsInput) {
  await visibleImport(ctx, id)
  const findings: Finding[] = []
  for await (const finding of readPieces<Finding>(ctx.db, { schoolId: ctx.school.id, id }, kind)) findings.push(finding)
  return findings
}

const pastAtMost = 50

export async function listImports(ctx: Context) {
  const { db, school, actor } = ctx
  const open = await db
    .select({ id: imports.id, name: imports.name, state: imports.state, createdAt: imports.createdAt })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.userId, actor.userId ?? ''),
        notInArray(imports.state, ['done', 'canceled', 'arriving']),
      ),
    )
    .orderBy(desc(imports.createdAt))
    .limit(pastAtMost)
  const past = await db
    .select({
      operationId: operations.id,
      name: importResults.name,
      totals: importResults.totals,
      undoneById: importResults.undoneById,
      at: operations.at,
      by: users.name,
      procedure: operations.procedure,
    })
    .from(importResults)
    .innerJoin(operations, refersTo(importResults.operationId, operations))
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(eq(importResults.schoolId, school.id))
    .orderBy(desc(operations.number))
    .limit(pastAtMost)
  return {
    sources: await listSources(ctx),
    open: open.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    past: past.map(({ undoneById, procedure, ...row }) => ({
      ...row,
      isUndone: undoneById !== null,
      isEnding: procedure === endingProcedure,
      at: row.at.toISOString(),
    })),
  }
}
