/** What the register has and a complete bundle does not. Names are read when somebody looks, so an erased person has none here. */
import { inArray } from 'drizzle-orm'
import { schools } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { namesOf } from '../kinds.ts'
import type { ImportMissingInput } from './input.ts'
import type { MissingRow } from './keep-missing.ts'
import { missingShelf } from './keep-missing.ts'
import { readPiece } from './pieces.ts'
import { schoolsFor } from './reach.ts'
import { ownImport } from './read.ts'

async function schoolNames({ db }: Context, rows: readonly MissingRow[]): Promise<Map<number, string>> {
  const ids = [...new Set(rows.map(({ schoolId }) => schoolId))]
  const found = await db.select({ id: schools.id, name: schools.name }).from(schools).where(inArray(schools.id, ids))
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** `isHere` says that the record is in the school whose page asks. */
export async function importMissing(ctx: Context, { id, kind, part }: ImportMissingInput) {
  const { db, school, actor } = ctx
  await ownImport(db, ctx, id)
  const kept = (await readPiece<MissingRow>(db, { schoolId: school.id, id }, missingShelf(kind), part)) ?? []
  const reach = await schoolsFor(db, actor.userId ?? '')
  const rows = kept.filter(({ schoolId }) => reach.has(schoolId))
  const names = await schoolNames(ctx, rows)
  const told = new Map<string, { name: string; inClass: string | null }>()
  for (const [schoolId, those] of grouped(rows, ({ schoolId }) => schoolId)) {
    const records = those.map((row) => ({ entity: kind, entityId: row.id }))
    for (const [key, { name, inClass }] of await namesOf(db, schoolId, records))
      told.set(`${schoolId} ${key}`, { name, inClass: inClass?.title ?? null })
  }
  return rows.map((row) => ({
    id: row.id,
    sourcedId: row.sourcedId,
    school: names.get(row.schoolId) ?? null,
    isHere: row.schoolId === school.id,
    name: null,
    inClass: null,
    ...told.get(`${row.schoolId} ${kind} ${row.id}`),
  }))
}
