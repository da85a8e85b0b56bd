import { and, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '../../../db/database.ts'
import { register } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { newId } from '../../../db/kit.ts'
import type { students } from '../../../db/schema/index.ts'
import { schools } from '../../../db/schema/index.ts'
import type { Scratch } from '../../../db/scratch/scratch.ts'
import { promoteWaitingIn } from '../../enrollments/seats.ts'
import { Bulk } from '../../journal/bulk.ts'
import type { NewOperation } from '../../journal/entry.ts'
import { endingProcedure } from '../../journal/entry.ts'
import { kinds } from '../../kinds.ts'
import { writePrepared } from '../../records/write.ts'
import { followStudents } from '../../school-enrollments/follow.ts'
import type { SchoolRow } from '../../schools/create.ts'
import type { Plan } from '../compare.ts'
import { entities } from '../comparison/known.ts'
import { writeCounts } from '../comparison/row-counts.ts'
import { schoolChange, writeSchool } from '../comparison/school-changes.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Progress } from '../read/stage.ts'
import { hasMoved } from './moved.ts'
import type { Ready } from './prepare.ts'
import { benchIn, prepareSchool, uniqueFields } from './prepare.ts'
import type { WrittenSchool } from './results.ts'
import { writeResult } from './results.ts'

/** A person may undo it, unlike the rest of an import. */
const endingOperation = { procedure: endingProcedure, deed: 'withdraw', about: 'enrollment' } as const

/** A school without changes gets nothing, not even an operation. */
const hasChanges = ({ differences }: Plan, school: PlannedSchool, now: Date): boolean =>
  !school.isOutside &&
  (schoolChange(school, now).counted !== 'same' ||
    entities.some((entity) => !differences.under([entity, school.key]).next().done))

export interface Moment {
  now: Date
  clock(): Date
  name: string
  /** Whoever imports; the command line has no user. */
  actorId?: string | null
  /** In the transaction of each school that is written: what it throws keeps the school as it was. */
  beside?(tx: Transaction, written: WrittenSchool): Promise<void>
}
interface Writing {
  plan: Plan
  inputHash: string
  moment: Moment
  progress: Progress
}

async function clear(tx: Transaction, { clearings }: Ready, schoolId: number): Promise<void> {
  for (const { entity, ids } of clearings) {
    const table = kinds[entity].table as typeof students
    await tx
      .update(table)
      .set(uniqueFields[entity] ?? {})
      .where(and(eq(table.schoolId, schoolId), inArray(table.id, ids)))
  }
}

/** The bundle's own students come first, then those who wait. Returns how many got a seat. */
async function writeBatches(bulk: Bulk, pile: Ready['own'], school: SchoolRow, { classes }: Ready, now: Date) {
  await bulk.writePrepared(pile, (batch) => writePrepared(bulk.tx, kinds[batch.entity], school.id, batch))
  const promoted = await promoteWaitingIn(bulk.tx, { school, now }, classes)
  await bulk.tell(promoted)
  return promoted.length
}

const operationOf = ({ inputHash, moment: { actorId = null, clock } }: Writing): NewOperation => ({
  ...{ id: newId(), actorId, way: 'import', procedure: 'import', deed: 'import', about: null, inputHash, at: clock() },
})

/** The caller's transaction holds the school's lock. Throws `MovedError` where the plan no longer fits. */
async function writeReady(tx: Transaction, ready: Ready, writing: Writing): Promise<WrittenSchool> {
  const { plan, moment } = writing
  const { planned, own, endings } = ready
  const { school, changes } = await writeSchool(tx, planned, moment.now)
  const change = schoolChange(planned, moment.now).counted
  await clear(tx, ready, school.id)
  const operation = operationOf(writing)
  const result = { schoolId: school.id, name: moment.name }
  const isOwn = changes.length > 0 || !own.isEmpty
  let promoted = 0
  if (isOwn) {
    const bulk = await Bulk.begin(tx, school.id, operation)
    await bulk.tell(changes)
    promoted += await writeBatches(bulk, own, school, ready, moment.now)
    await bulk.tell(await followStudents(tx, { school, now: moment.now }, ready.students, 'import'))
    await writeResult(tx, { ...result, operationId: operation.id, totals: ready.counted })
  }
  if (!endings.isEmpty) {
    const ending = { ...operation, ...endingOperation, id: newId() }
    const bulk = await Bulk.begin(tx, school.id, ending)
    promoted += await writeBatches(bulk, endings, school, ready, moment.now)
    await writeResult(tx, { ...result, operationId: ending.id, totals: ready.countedEndings })
  }
  await writeCounts(
    tx,
    plan.due.filter(({ school: { key } }) => key === planned.key),
    school.id,
    moment.clock(),
  )
  const { counted, ended } = ready
  const written = { id: school.id, sourcedId: planned.sourcedId, change, counted, ended, promoted }
  await moment.beside?.(tx, written)
  return written
}

export class MovedError extends Error {
  override name = 'MovedError'
}

async function refuseMoved(tx: Transaction, plan: Plan, { existing, key, sourcedId }: PlannedSchool): Promise<void> {
  if (existing) {
    if (await hasMoved(tx, plan, key, existing.id)) throw new MovedError()
    return
  }
  const there = await tx.select({ id: schools.id }).from(schools).where(eq(schools.sourcedId, sourcedId))
  if (there.some(({ id }) => !plan.seen.has(id))) throw new MovedError()
}

export interface Applied {
  written: WrittenSchool[]
  /** They have changed since the plan was made, so nothing was written to them. */
  moved: PlannedSchool[]
}

const locksOf = ({ existing }: PlannedSchool): number => existing?.id ?? register

function toWrite(plan: Plan, now: Date): PlannedSchool[] {
  const counted = new Set(plan.due.flatMap(({ school }) => (school.existing ? [school.key] : [])))
  return plan.schools.filter((school) => hasChanges(plan, school, now) || counted.has(school.key))
}

/** Whoever reads the error must not hear that nothing was changed. */
export const asPartial = (error: unknown, written: number): unknown =>
  written && error instanceof UnavailableError && error.trouble !== 'unsure'
    ? new UnavailableError(`${error.message}, after ${written} of the schools were written`, {
        trouble: 'unsure',
        cause: error,
      })
    : error

export interface Asked extends Writing {
  scratch: Scratch
}

async function writeEach(
  db: Database,
  { scratch, ...writing }: Asked,
  { written, moved }: Applied,
  write: (ready: Ready) => Promise<WrittenSchool>,
): Promise<void> {
  const { plan, moment, progress } = writing
  const bench = benchIn(scratch)
  for (const planned of toWrite(plan, moment.now)) {
    progress(`Making ${planned.name} ready`)
    const ready = await prepareSchool(db, plan, planned, bench)
    progress(`Writing ${planned.name}`)
    try {
      written.push(await write(ready))
    } catch (error) {
      if (!(error instanceof MovedError)) throw error
      moved.push(planned)
    }
  }
}

async function writeUnmoved(tx: Transaction, ready: Ready, asked: Writing): Promise<WrittenSchool> {
  await refuseMoved(tx, asked.plan, ready.planned)
  return writeReady(tx, ready, asked)
}

export async function apply(db: Database, asked: Asked): Promise<Applied> {
  const applied: Applied = { written: [], moved: [] }
  const write = async (ready: Ready) => {
    const written = await db.transaction(locksOf(ready.planned), (tx) => writeUnmoved(tx, ready, asked))
    await db.giveWay()
    return written
  }
  await writeEach(db, asked, applied, write).catch((error) => {
    throw asPartial(error, applied.written.length)
  })
  return applied
}

/** All schools in the caller's transaction, which holds their locks. */
export async function applyIn(db: Database, tx: Transaction, asked: Asked): Promise<Applied> {
  const applied: Applied = { written: [], moved: [] }
  await writeEach(db, asked, applied, (ready) => writeUnmoved(tx, ready, asked))
  return applied
}
