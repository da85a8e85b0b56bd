/** The plan is written in one transaction. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import type { students } from '../../db/schema/index.ts'
import { schools } from '../../db/schema/index.ts'
import { promoteWaitingIn } from '../enrollments/seats.ts'
import { Bulk, inBatches } from '../journal/bulk.ts'
import type { NewOperation } from '../journal/entry.ts'
import { endingProcedure } from '../journal/entry.ts'
import { kinds } from '../kinds.ts'
import type { RecordTable, RowOf } from '../records/kind.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { SchoolRow } from '../schools/create.ts'
import type { Plan } from './compare.ts'
import type { Difference } from './comparison.ts'
import type { Entity, Stored } from './known.ts'
import { entities, journalHead } from './known.ts'
import { memberEntities } from './member.ts'
import type { WrittenSchool } from './results.ts'
import { writeResults } from './results.ts'
import { writeCounts } from './row-counts.ts'
import { schoolChange, writeSchool } from './school-changes.ts'
import type { PlannedSchool } from './schools.ts'
import type { Progress } from './stage.ts'

/** The register has changed since, so a new plan is needed. */
export class MovedError extends Error {
  override name = 'MovedError'
}

const unique: Partial<Record<Entity, Record<string, unknown>>> = {
  student: { number: null, sourcedId: null },
  course: { code: null },
  classInstructor: { sourcedId: null, beginDate: null },
  enrollment: { sourcedId: null, beginDate: null },
}

/** A person may undo it, unlike the rest of an import. */
const endingOperation = { procedure: endingProcedure, deed: 'withdraw', about: 'enrollment' } as const

const revived = (row: Stored, schoolId: number) =>
  ({
    ...row,
    schoolId,
    archivedAt: row.archivedAt === null ? null : new Date(row.archivedAt),
  }) as RowOf<RecordTable>

function* differencesOf(plan: Plan, entity: Entity, key: string): Generator<Difference> {
  for (const [, difference] of plan.differences.under([entity, key])) yield difference
}
function* created(plan: Plan, entity: Entity, key: string, schoolId: number) {
  for (const { before, after } of differencesOf(plan, entity, key)) if (!before) yield revived(after, schoolId)
}
function* changed(plan: Plan, entity: Entity, key: string, schoolId: number, isEnding: boolean) {
  for (const { before, after } of differencesOf(plan, entity, key))
    if (before && plan.ending.has([key, entity, after.id]) === isEnding)
      yield { before: revived(before, schoolId), fields: revived(after, schoolId) }
}
/** With these, a row takes its place among the unique ones or leaves it. */
const placing = ['archivedAt', 'classId', 'studentId', 'instructorId']

function* clearing(plan: Plan, entity: Entity, key: string, fields: readonly string[]): Generator<string> {
  for (const { before, after } of differencesOf(plan, entity, key))
    if (before && [...fields, ...placing].some((field) => before[field] !== after[field])) yield before.id
}

/** Two records can exchange a unique value only if both are cleared first. */
async function clear(tx: Transaction, plan: Plan, entity: Entity, key: string, schoolId: number): Promise<void> {
  const fields = unique[entity]
  if (!fields) return
  const table = kinds[entity].table as typeof students
  for (const ids of inBatches(clearing(plan, entity, key, Object.keys(fields))))
    await tx
      .update(table)
      .set(fields)
      .where(and(eq(table.schoolId, schoolId), inArray(table.id, ids)))
}

const hasChanges = (plan: Plan, school: PlannedSchool, now: Date): boolean =>
  !school.isOutside &&
  (schoolChange(school, now).counted !== 'same' ||
    entities.some((entity) => !differencesOf(plan, entity, school.key).next().done))

function hasOwnDifferences(plan: Plan, key: string): boolean {
  for (const entity of entities)
    for (const { after } of differencesOf(plan, entity, key)) if (!plan.ending.has([key, entity, after.id])) return true
  return false
}

/** An enrollment that moves to another class frees a seat in the one before. */
function classesTouched(plan: Plan, key: string): Set<string> {
  const ids = [...differencesOf(plan, 'class', key)].map(({ after }) => after.id)
  for (const entity of ['classTerm', 'enrollment'] as const)
    for (const { before, after } of differencesOf(plan, entity, key))
      for (const row of [before, after]) if (row) ids.push(String(row.classId))
  return new Set(ids)
}

interface Written {
  promoted: number
}

interface Place {
  planned: PlannedSchool
  school: SchoolRow
  now: Date
}

/** The bundle's own students come first, then those who wait. */
async function promote(bulk: Bulk, tx: Transaction, plan: Plan, { planned, school, now }: Place): Promise<number> {
  const promoted = await promoteWaitingIn(tx, { school, now }, classesTouched(plan, planned.key))
  await bulk.tell(promoted)
  return promoted.length
}

async function writeEndings(tx: Transaction, plan: Plan, place: Place, operation: NewOperation): Promise<number> {
  const { planned, school } = place
  if (plan.ending.under(planned.key).next().done) return 0
  const bulk = await Bulk.begin(tx, school.id, { ...operation, ...endingOperation, id: newId() })
  for (const entity of memberEntities)
    await bulk.write(changed(plan, entity, planned.key, school.id, true), (edits) =>
      replaceRows(tx, kinds[entity], edits, () => true),
    )
  return promote(bulk, tx, plan, place)
}

async function writeOne(
  tx: Transaction,
  plan: Plan,
  planned: PlannedSchool,
  operation: NewOperation,
  now: Date,
  progress: Progress,
): Promise<WrittenSchool> {
  const { school, changes } = await writeSchool(tx, planned, now)
  const place = { planned, school, now }
  for (const entity of entities) await clear(tx, plan, entity, planned.key, school.id)
  let promoted = 0
  const isOwn = changes.length > 0 || hasOwnDifferences(plan, planned.key)
  if (isOwn) {
    const bulk = await Bulk.begin(tx, school.id, operation)
    await bulk.tell(changes)
    for (const entity of entities) {
      progress(`Writing ${school.name}`)
      // A session is written after its parent.
      const kind = kinds[entity]
      await bulk.write(created(plan, entity, planned.key, school.id), (rows) => addRows(tx, kind, school.id, rows))
      await bulk.write(changed(plan, entity, planned.key, school.id, false), (edits) =>
        replaceRows(tx, kind, edits, () => true),
      )
    }
    promoted = await promote(bulk, tx, plan, place)
  }
  return {
    id: school.id,
    operationId: isOwn ? operation.id : null,
    promoted: promoted + (await writeEndings(tx, plan, place, operation)),
  }
}

async function refuseMoved(tx: Transaction, plan: Plan, touched: readonly PlannedSchool[]): Promise<void> {
  for (const { key, existing } of touched)
    if (existing && (await journalHead(tx, existing.id)) !== plan.known.heads.get(key)) throw new MovedError()
  const fresh = touched.filter(({ existing }) => !existing).map(({ sourcedId }) => sourcedId)
  const there = await tx.select({ id: schools.id }).from(schools).where(inArray(schools.sourcedId, fresh))
  if (there.some(({ id }) => !plan.seen.has(id))) throw new MovedError()
}

/** A plan without changes writes nothing, not even an operation. */
export function touchedBy(plan: Plan, now: Date): PlannedSchool[] {
  return plan.schools.filter((school) => hasChanges(plan, school, now))
}

export const locksOf = (schoolsTouched: readonly PlannedSchool[]): number[] => [
  ...(schoolsTouched.some(({ existing }) => !existing) ? [register] : []),
  ...schoolsTouched.flatMap(({ existing }) => existing?.id ?? []),
]

export interface Moment {
  now: Date
  clock(): Date
  name: string
  /** Whoever imports; the command line has no user. */
  actorId?: string | null
  /** What is to be written with the import, or not at all. */
  atLast?(tx: Transaction, written: readonly WrittenSchool[]): Promise<void>
}

/** The caller's transaction holds the locks of all schools in the plan. */
export async function write(
  tx: Transaction,
  plan: Plan,
  inputHash: string,
  { now, clock, name, actorId = null, atLast }: Moment,
  progress: Progress,
): Promise<Written> {
  const touched = touchedBy(plan, now)
  await refuseMoved(tx, plan, touched)
  const written = new Map<string, WrittenSchool>()
  for (const school of touched) {
    const operation = {
      id: newId(),
      actorId,
      way: 'import' as const,
      procedure: 'import',
      deed: 'import' as const,
      about: null,
      inputHash,
      at: clock(),
    }
    written.set(school.key, await writeOne(tx, plan, school, operation, now, progress))
  }
  const ids = new Map([...written].map(([key, { id }]) => [key, id]))
  await writeCounts(tx, plan.due, ids, clock())
  await writeResults(tx, plan, written, name)
  await atLast?.(tx, [...written.values()])
  return { promoted: [...written.values()].reduce((sum, { promoted }) => sum + promoted, 0) }
}

/** Throws `MovedError` when the register has changed since the plan was made. */
export async function apply(
  db: Database,
  plan: Plan,
  inputHash: string,
  moment: Moment,
  progress: Progress,
): Promise<Written> {
  const touched = touchedBy(plan, moment.now)
  const counted = plan.due.flatMap(({ school }) => (school.existing ? [school] : []))
  if (!touched.length && !counted.length && !moment.atLast) return { promoted: 0 }
  return db.transaction([...new Set(locksOf([...touched, ...counted]))], (tx) =>
    write(tx, plan, inputHash, moment, progress),
  )
}
