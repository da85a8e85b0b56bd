import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { schools } from '../../db/schema/index.ts'
import { canonical, sha256 } from '../canonical.ts'
import { DomainError } from '../errors.ts'
import { Bulk, inBatches } from '../journal/bulk.ts'
import type { NewOperation } from '../journal/entry.ts'
import type { RecordEntity } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import { addRows } from '../records/write.ts'
import { createSchool } from '../schools/create.ts'
import type { DemoStudent } from './students.ts'
import { makeStudents } from './students.ts'
import { makeTimetable } from './timetable.ts'

export interface DemoOptions {
  students?: number
  /** Benchmarks that need only people take 0; the most is 7. */
  classesEach?: number
  name?: string
  now?: Date
  by?: Pick<NewOperation, 'id' | 'actorId' | 'procedure' | 'inputHash' | 'way'>
}
export const demoSchoolName = 'Northgate Demo School'

export async function findDemoSchool(db: Pick<Reader, 'select'>, name = demoSchoolName): Promise<string | undefined> {
  const [found] = await db
    .select({ slug: schools.slug })
    .from(schools)
    .where(and(eq(schools.isDemo, true), eq(schools.name, name), isNull(schools.archivedAt)))
  return found?.slug
}

const order = [
  ['department', 'departments'],
  ['program', 'programs'],
  ['academicSession', 'academicSessions'],
  ['course', 'courses'],
  ['room', 'rooms'],
  ['instructor', 'instructors'],
  ['class', 'classes'],
  ['classTerm', 'classTerms'],
  ['classInstructor', 'classInstructors'],
  ['meeting', 'meetings'],
] as const satisfies (readonly [RecordEntity, string])[]

const ofStudent: readonly (readonly [RecordEntity, (made: DemoStudent) => { id: string }[]])[] = [
  ['student', ({ student }) => [student]],
  ['studentAddress', ({ addresses }) => addresses],
  ['enrollment', ({ enrollments }) => enrollments],
  ['schoolEnrollment', ({ stays }) => stays],
  ['guardian', ({ guardians }) => guardians],
  ['studentGuardian', ({ links }) => links],
  ['studentAlert', ({ alerts }) => alerts],
]

/** Fixed seeds give the same people every time. */
const instructorSeed = 20260831
const studentSeed = 20270618

/** One transaction. Throws `demo.there` where the register has a demo school of that name. */
export function fillDemoSchool(
  db: Database,
  { students = 900, classesEach = 7, name = demoSchoolName, now = new Date(), by }: DemoOptions = {},
) {
  return db.transaction(register, async (tx) => {
    if (await findDemoSchool(tx, name)) throw new DomainError('demo.there')
    const made = await createSchool(tx, { name, timeZone: 'America/New_York', locale: 'en-US', isDemo: true })
    const { school } = made
    const inputHash = sha256(canonical({ students, classesEach, name }))
    const byCommand = { id: newId(), actorId: null, procedure: 'demo', way: 'cli' as const, inputHash }
    const operation = { ...(by ?? byCommand), at: now, deed: 'add' as const, about: 'school' as const }
    const bulk = await Bulk.begin(tx, school.id, operation)
    await bulk.tell(made.changes)
    const add = (entity: RecordEntity, rows: readonly { id: string }[]) =>
      bulk.write(rows, (batch) => addRows(tx, kinds[entity], school.id, batch))
    const timetable = makeTimetable(students, instructorSeed)
    for (const [entity, key] of order) await add(entity, timetable[key])
    for (const batch of inBatches(makeStudents({ students, classesEach, seed: studentSeed }, timetable))) {
      for (const [entity, rowsOf] of ofStudent) await add(entity, batch.flatMap(rowsOf))
    }
    return { school, students, instructors: timetable.instructors.length, classes: timetable.classes.length }
  })
}
