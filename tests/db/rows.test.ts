import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { refersTo } from '../../db/rows.ts'
import { classes, enrollments } from '../../db/schema/index.ts'
import { db } from '../setup/people.ts'
import { makeRecords } from '../setup/records.ts'
import { school } from '../setup/school.ts'

test('a reference finds its row, and one whose ids are of another type does not compile', async () => {
  const { enrollmentId, classId } = await makeRecords(school)
  const found = await db
    .select({ id: classes.id })
    .from(enrollments)
    .innerJoin(classes, refersTo(enrollments.classId, classes))
    .where(eq(enrollments.id, enrollmentId))
  expect(found).toEqual([{ id: classId }])
  // @ts-expect-error a position in a waitlist is a number, and a class's id is a text
  expect(refersTo(enrollments.waitlistPosition, classes)).toBeDefined()
})
