/** Apart from the classes' other sentences: the first screen loads these. */
import type { enrollmentStatuses } from '../../db/values.ts'

export const enrollmentStatus: Record<(typeof enrollmentStatuses)[number], string> = {
  enrolled: 'Enrolled',
  waitlisted: 'Waitlisted',
  withdrawn: 'Withdrawn',
  completed: 'Completed',
}
