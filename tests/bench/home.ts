/** What the home page and the search cost the server in an average high school and in the biggest. Run by bench.ts. */

import { eq } from 'drizzle-orm'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { enrollments, instructors } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import type { Context, School } from '../../server/context.ts'
import { fillDemoSchool } from '../../server/demo/fill.ts'
import { readFigures } from '../../server/home/figures.ts'
import { readHome } from '../../server/home/read.ts'
import { find } from '../../server/search/find.ts'
import { createStudent } from '../../server/students/create.ts'
import { listStudentsInput } from '../../server/students/input.ts'
import { studentList } from '../../server/students/list.ts'
import { measure } from './measure.ts'
import { schoolOf } from './students.ts'

const db = await open()
/** A Tuesday of the demo's school year: everything meets. */
const now = new Date('2026-11-24T14:00:00Z')
const contextOf = (school: School, role: Role, instructorId: string | null = null): Context => ({
  db,
  school,
  actor: { userId: null, role, instructorId },
  now,
})
const line = (name: string, ms: number) => console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms`)

/** A day's work, so that there is something to tell. */
async function work(school: School): Promise<void> {
  const ctx = contextOf(school, 'registrar')
  for (let n = 0; n < 300; n++)
    await createStudent(
      { ...ctx, operation: { id: newId(), procedure: 'students.create', inputHash: '', way: 'screen' } },
      { givenName: 'Bench', familyName: `Home ${n}` },
    )
}

/** Every enrollment once more, of days gone by: a student has about fourteen in a year. */
async function lastTerm({ id }: School): Promise<void> {
  const rows = await db.select().from(enrollments).where(eq(enrollments.schoolId, id))
  for (let from = 0; from < rows.length; from += 1000)
    await db.transaction(id, (tx) =>
      tx
        .insert(enrollments)
        .values(
          rows
            .slice(from, from + 1000)
            .map((row) => ({ ...row, id: newId(), beginDate: '2026-01-05', endDate: '2026-06-19', sourcedId: null })),
        ),
    )
}

async function homes(students: number): Promise<void> {
  const { school } = await fillDemoSchool(db, { students, name: `Home of ${students}`, now })
  await lastTerm(school)
  await work(school)
  await db.optimize()
  const [teacher] = await db
    .select({ id: instructors.id })
    .from(instructors)
    .where(eq(instructors.schoolId, school.id))
    .limit(1)
  const people = {
    registrar: contextOf(school, 'registrar'),
    viewer: contextOf(school, 'viewer'),
    instructor: contextOf(school, 'instructor', teacher?.id),
  }
  for (const [role, ctx] of Object.entries(people))
    line(`home page, ${role}, ${students} students`, await measure(() => readHome(ctx), 20))
  /** As in a process that has kept nothing yet. */
  const anew = () => ({ ...people.registrar, db: Object.create(db) as typeof db })
  line(`home page, nothing kept, ${students} students`, await measure(() => readHome(anew()), 20))
  line(`figures, nothing kept, ${students} students`, await measure(() => readFigures(anew()), 20))
  line(`figures, ${students} students`, await measure(() => readFigures(people.registrar), 20))
  const graded = { search: '', archived: false, gradeLevel: '09', status: 'active' } as const
  line(`students.count of a grade, ${students}`, await measure(() => studentList.count(people.registrar, graded), 20))
  const saturday = { ...people.registrar, now: new Date('2026-11-28T14:00:00Z') }
  line(`home page, registrar on a Saturday, ${students}`, await measure(() => readHome(saturday), 20))
}

async function searches(students: number): Promise<void> {
  const school = await schoolOf(db, students)
  await db.optimize()
  const ctx = contextOf(school, 'registrar')
  for (const text of ['a', 'zimmer-99', 'nobody is called that']) {
    const list = () => studentList.page(ctx, listStudentsInput.parse({ search: text }))
    line(`students.list "${text}", of ${students}`, await measure(list, 20))
    line(`search.find "${text}", of ${students}`, await measure(() => find(ctx, { text }), 20))
  }
}

console.log('\nHome page and search')
for (const students of [900, 7600]) await homes(students)
await searches(25_000)
await db.close()
