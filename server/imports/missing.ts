/** What the register has and a complete bundle does not. Names are read when somebody looks, so an erased person has none here. */
import { inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import { missingKinds } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { namesOf } from '../kinds.ts'
import type { Plan } from '../oneroster/compare.ts'
import type { MissingKind } from '../oneroster/missing.ts'
import type { ImportMissingInput } from './input.ts'
import { missingInPart } from './input.ts'
import type { ImportKey } from './pieces.ts'
import { dropPieces, readPiece, writePiece } from './pieces.ts'
import { schoolsFor } from './reach.ts'
import { ownImport } from './read.ts'

interface Row {
  schoolId: number
  id: string
  sourcedId: string
}
const shelfOf = (kind: MissingKind) => `missing ${kind}`

export async function keepMissing(db: Database, key: ImportKey, { missing }: Plan): Promise<void> {
  await dropPieces(db, key, (shelf) => shelf.startsWith('missing '))
  for (const kind of missingKinds) {
    let part: Row[] = []
    let number = 0
    for (const row of missing.rowsOf(kind)) {
      part.push(row)
      if (part.length < missingInPart) continue
      await writePiece(db, key, shelfOf(kind), number++, part)
      part = []
    }
    if (part.length) await writePiece(db, key, shelfOf(kind), number, part)
  }
}

async function schoolNames({ db }: Context, rows: readonly Row[]): Promise<Map<number, string>> {
  const ids = [...new Set(rows.map(({ schoolId }) => schoolId))]
  const found = await db.select({ id: schools.id, name: schools.name }).from(schools).where(inArray(schools.id, ids))
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** `isHere` says that the record is in the school whose page asks. */
export async function importMissing(ctx: Context, { id, kind, part }: ImportMissingInput) {
  const { db, school, actor } = ctx
  await ownImport(db, ctx, id)
  const kept = (await readPiece<Row>(db, { schoolId: school.id, id }, shelfOf(kind), part)) ?? []
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
