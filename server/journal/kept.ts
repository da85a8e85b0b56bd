/** What many rows add up to is read once and kept in memory, until the journal tells of a change or the day is over. */
import { and, desc, eq, gte, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { journal } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'

/** Of more entries than this nobody looks up what they changed: everything counts as changed. */
const lookedThrough = 200

const p = sql.placeholder
const entriesFrom = prepared((db, _shape: 'all') =>
  db
    .select({ number: journal.number, entity: journal.entity, operationId: journal.operationId })
    .from(journal)
    .where(and(eq(journal.schoolId, p('schoolId')), gte(journal.number, p('number'))))
    .orderBy(desc(journal.number))
    .limit(lookedThrough),
)

export interface SchoolChanges {
  number: number
  operationId: string
  newest: Map<JournalEntity, number>
}
const known = new WeakMap<Database, Map<number, SchoolChanges>>()

/** An entry whose operation is another now comes from before a restored copy: everything is read anew. */
export async function changesNow({ db, school }: Context): Promise<SchoolChanges> {
  const schools = known.get(db) ?? new Map<number, SchoolChanges>()
  known.set(db, schools)
  const changes = schools.get(school.id)
  const { number: from = 0, operationId } = changes ?? {}
  const entries = await entriesFrom(db, 'all', { schoolId: school.id, number: from })
  const [first, last] = [entries[0], entries.at(-1)]
  const goesOn = last?.number === from && last.operationId === operationId
  if (!changes || !goesOn) {
    const anew = { number: first?.number ?? 0, operationId: first?.operationId ?? '', newest: new Map() }
    schools.set(school.id, anew)
    return anew
  }
  for (const { entity, number } of entries.slice(0, -1))
    changes.newest.set(entity, Math.max(number, changes.newest.get(entity) ?? 0))
  if (first && first.number > changes.number) Object.assign(changes, first)
  return changes
}

interface Kept<T> {
  day: string
  changes: SchoolChanges
  number: number
  answer: Promise<T>
}
export type KeptRead<T> = (ctx: Context, changes?: Promise<SchoolChanges>) => Promise<T>

/** `read` depends only on the school, its day and records of these kinds, and nobody changes its answer. Several reads of one request share its `changes`. */
export function kept<T>(
  of: readonly JournalEntity[],
  read: (ctx: Context, changes: Promise<SchoolChanges>) => Promise<T>,
): KeptRead<T> {
  const answers = new WeakMap<Database, Map<number, Kept<T>>>()
  return async (ctx, asked = changesNow(ctx)) => {
    const changes = await asked
    const schools = answers.get(ctx.db) ?? new Map<number, Kept<T>>()
    answers.set(ctx.db, schools)
    const day = today(ctx)
    const last = schools.get(ctx.school.id)
    const holds = ({ number }: Kept<T>) => of.every((entity) => (changes.newest.get(entity) ?? 0) <= number)
    if (last?.day === day && last.changes === changes && holds(last)) return last.answer
    const next = { day, changes, number: changes.number, answer: read(ctx, asked) }
    schools.set(ctx.school.id, next)
    next.answer.catch(() => schools.get(ctx.school.id) === next && schools.delete(ctx.school.id))
    return next.answer
  }
}
