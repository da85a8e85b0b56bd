/** What is to be written into one school is made ready before its lock is taken, since others wait while it is held. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Database } from '../../../db/database.ts'
import type { Pile } from '../../../db/scratch/pile.ts'
import type { Scratch } from '../../../db/scratch/scratch.ts'
import type { Change } from '../../journal/entry.ts'
import { kinds } from '../../kinds.ts'
import type { RecordTable, RowOf } from '../../records/kind.ts'
import type { Prepared } from '../../records/write.ts'
import { prepareAdded, prepareReplaced } from '../../records/write.ts'
import type { Plan } from '../compare.ts'
import type { Difference, Total } from '../comparison/comparison.ts'
import type { Entity, Stored } from '../comparison/known.ts'
import { entities } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'

export interface Batch extends Prepared {
  entity: Entity
}
/** Two records can exchange a unique value only if both are cleared first. */
export interface Clearing {
  entity: Entity
  ids: string[]
}
export type Counted = Partial<Record<Entity, Partial<Omit<Total, 'same'>>>>

export interface Bench {
  clearings: Pile<Clearing>
  own: Pile<Batch>
  endings: Pile<Batch>
}
export interface Ready extends Bench {
  planned: PlannedSchool
  counted: Counted
  countedEndings: Counted
  ended: number
  classes: ReadonlySet<string>
  /** Their days at the school follow what the bundle says of their status and grade. */
  students: readonly Change[]
}

export const benchIn = (scratch: Scratch): Bench => ({
  clearings: scratch.pile(),
  own: scratch.pile(),
  endings: scratch.pile(),
})

export const uniqueFields: Partial<Record<Entity, Record<string, null>>> = {
  student: { number: null, sourcedId: null },
  course: { code: null },
  classInstructor: { sourcedId: null, beginDate: null },
  enrollment: { sourcedId: null, beginDate: null },
}
/** With these, a row takes its place among the unique ones or leaves it. */
const placing = ['archivedAt', 'classId', 'studentId', 'instructorId']

function isCleared(entity: Entity, { before, after }: Difference): boolean {
  const unique = uniqueFields[entity]
  if (!unique || !before) return false
  return [...Object.keys(unique), ...placing].some((field) => before[field] !== after[field])
}

const revived = (row: Stored) =>
  ({ ...row, archivedAt: row.archivedAt === null ? null : new Date(row.archivedAt) }) as unknown as RowOf<RecordTable>

const batchRows = 500

class Batches<T> {
  #batch: T[] = []
  readonly #flush: (batch: T[]) => void

  constructor(flush: (batch: T[]) => void) {
    this.#flush = flush
  }

  add(item: T): void {
    this.#batch.push(item)
    if (this.#batch.length === batchRows) this.end()
  }

  end(): void {
    if (this.#batch.length) this.#flush(this.#batch)
    this.#batch = []
  }
}

function count(all: Counted, entity: Entity, { counted }: Difference): void {
  const total = all[entity] ?? {}
  total[counted] = (total[counted] ?? 0) + 1
  all[entity] = total
}

class Preparation {
  readonly #db: Database
  readonly #plan: Plan
  readonly #key: string
  readonly #bench: Bench
  readonly counted: Counted = {}
  readonly countedEndings: Counted = {}
  readonly classes = new Set<string>()
  readonly students: Change[] = []
  ended = 0

  constructor(db: Database, plan: Plan, key: string, bench: Bench) {
    this.#db = db
    this.#plan = plan
    this.#key = key
    this.#bench = bench
  }

  /** Within a kind, new rows come first: changed ones may refer to them. */
  async prepare(entity: Entity, rank: number): Promise<void> {
    const kind = kinds[entity]
    const { own, endings, clearings } = this.#bench
    const replaced = (pile: Pile<Batch>) =>
      new Batches<Difference>((batch) => {
        const edits = batch.map(({ before, after }) => ({ before: revived(before as Stored), fields: revived(after) }))
        pile.add(2 * rank + 1, { entity, ...prepareReplaced(this.#db, kind, edits) })
      })
    const added = new Batches<Difference>((batch) => {
      const rows = batch.map(({ after }) => revived(after))
      own.add(2 * rank, { entity, ...prepareAdded(this.#db, kind, rows) })
    })
    const [changed, ending] = [replaced(own), replaced(endings)]
    const cleared = new Batches<string>((ids) => clearings.add(rank, { entity, ids }))
    let count = 0
    for (const [, difference] of this.#plan.differences.under([entity, this.#key])) {
      if (++count % batchRows === 0) await breathe()
      this.#note(entity, difference)
      if (isCleared(entity, difference)) cleared.add(difference.after.id)
      if (!difference.before) added.add(difference)
      else if (this.#isEnding(entity, difference)) ending.add(difference)
      else changed.add(difference)
    }
    for (const batches of [added, changed, ending, cleared]) batches.end()
  }

  #isEnding(entity: Entity, { after }: Difference): boolean {
    return this.#plan.ending.has([this.#key, entity, after.id])
  }

  #note(entity: Entity, difference: Difference): void {
    const { before, after } = difference
    if (before && this.#isEnding(entity, difference)) {
      this.ended++
      count(this.countedEndings, entity, difference)
    } else count(this.counted, entity, difference)
    if (entity === 'class') this.classes.add(after.id)
    if (entity === 'student' && before) this.#noteStudent(before, after)
    // An enrollment that moves to another class frees a seat in the one before.
    if (entity === 'classTerm' || entity === 'enrollment')
      for (const row of [before, after]) if (row) this.classes.add(String(row.classId))
  }

  #noteStudent(before: Stored, after: Stored): void {
    const told = ({ id, version, status, gradeLevel }: Stored) => ({ id, version, status, gradeLevel })
    if (before.status !== after.status || before.gradeLevel !== after.gradeLevel)
      this.students.push({ entity: 'student', before: told(before), after: told(after) })
  }
}

export async function prepareSchool(db: Database, plan: Plan, planned: PlannedSchool, bench: Bench): Promise<Ready> {
  for (const pile of [bench.clearings, bench.own, bench.endings]) pile.clear()
  const preparation = new Preparation(db, plan, planned.key, bench)
  for (const [rank, entity] of entities.entries()) await preparation.prepare(entity, rank)
  const { counted, countedEndings, ended, classes, students } = preparation
  return { ...bench, planned, counted, countedEndings, ended, classes, students }
}
