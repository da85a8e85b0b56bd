/** Twenty people at once at one class that is full: who enrolls waits, who withdraws lets the next one in. */
import { and, eq } from 'drizzle-orm'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { classes, students } from '../../db/schema/index.ts'
import type { MutationContext } from '../../server/context.ts'
import { isWaiting } from '../../server/enrollments/core.ts'
import { enroll } from '../../server/enrollments/enroll.ts'
import { rowsIn } from '../../server/enrollments/seats.ts'
import { withdraw } from '../../server/enrollments/withdraw.ts'
import { compare, line } from './measure.ts'
import { schoolOf } from './students.ts'

const writers = 20
const rounds = 5

const db = await open()
const school = await schoolOf(db, 2 * writers)
const ids = (await db.select({ id: students.id }).from(students).where(eq(students.schoolId, school.id))).map(
  ({ id }) => id,
)
const classId = newId()
await db.transaction(school.id, async (tx) => {
  await tx.insert(classes).values({ schoolId: school.id, id: classId, title: 'Art', sortName: 'art', capacity: 10 })
})
const context = (): MutationContext => ({
  db,
  school,
  actor: { userId: null, role: 'registrar', instructorId: null },
  now: new Date(),
  operation: { id: newId(), procedure: 'bench', inputHash: '', way: 'cli' },
})

/** Each writer has two students, who are put in and taken out in turn. */
async function turn(studentId: string): Promise<void> {
  const ctx = context()
  const row = (await rowsIn(db, ctx, classId, [studentId])).find(
    (one) => !one.archivedAt && (one.status === 'enrolled' || isWaiting(one)),
  )
  if (row) await withdraw(ctx, { id: row.id, version: row.version, reason: 'other' }).catch(ignoreStale)
  else await enroll(ctx, { classId, studentIds: [studentId], waitlist: true })
}
/** Somebody's withdrawal has moved the student up meanwhile. */
function ignoreStale(error: { reason?: string }): void {
  if (error.reason !== 'enrollment.stale') throw error
}

let n = 0
const update = (id: string) =>
  db.transaction(school.id, async (tx) => {
    await tx
      .update(students)
      .set({ givenName: `Name ${n++}` })
      .where(and(eq(students.schoolId, school.id), eq(students.id, id)))
  })

const atOnce = (work: (id: string) => Promise<unknown>) => {
  let from = 0
  return () => {
    from = (from + writers) % ids.length
    return Promise.all(ids.slice(from, from + writers).map(work))
  }
}

await enroll(context(), { classId, studentIds: ids, waitlist: true })
const result = await compare('waitlist, 20 writers / 20 one-row updates', atOnce(turn), atOnce(update), 4, rounds)
console.log(line(result))
await db.close()
