import { today } from '../../calendar.ts'
import { hasLeft } from '../../school-enrollments/follow.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { User } from './user.ts'
import { statusOf } from './user.ts'

/** Days that people have ended stand: who is called active by a bundle is not back by that. */
export function statusByDays(comparison: Comparison, school: PlannedSchool, id: string | undefined, user: User) {
  const told = statusOf(comparison, user)
  const days = id === undefined ? undefined : comparison.known.days.get([school.key, id])
  if (told.status !== 'active' || !days || !hasLeft(days, today({ school, now: comparison.now }))) return told
  comparison.report.warn(
    user.row,
    'is active, but somebody here has entered that this student is not at the school today: left so',
    'status',
  )
  return {}
}
