import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { classes } from '../../../db/schema/index.ts'
import { takenSeats } from '../../../server/enrollments/seats.ts'
import { db } from '../../setup/people.ts'

test('the seats of every class are counted from an index alone', async () => {
  const seats = takenSeats(db, classes.schoolId, classes.id, '2026-09-01')
  const plan = await db.rows<{ detail: string }>(sql`explain query plan select ${seats} from ${classes}`)
  const steps = plan.map(({ detail }) => detail).filter((detail) => detail.includes('enrollments'))
  expect(steps).toEqual(['SEARCH enrollments USING COVERING INDEX enrollments_seats_ix (school_id=? AND class_id=?)'])
})
