import { index, table } from '../kit.ts'
import { employments, instructorStatuses } from '../values.ts'
import { departments } from './departments.ts'
import { edited, erasable, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { named } from './people.ts'

export const instructors = table(
  'instructors',
  (c) => ({
    ...owned(c),
    ...named(c),
    employment: c.oneOf(employments),
    status: c.oneOf(instructorStatuses).notNull().default('active'),
    departmentId: c.ref(),
    ...exchanged(c),
    ...edited(c),
    ...erasable(c),
  }),
  (t) => [
    ...ownedKeys('instructors', t),
    exchangedKey('instructors', t),
    within('instructors_department_fk', t, t.departmentId, departments),
    index('instructors_sort_ix').on(t.schoolId, t.sortName, t.id),
    index('instructors_department_ix').on(t.schoolId, t.departmentId, t.archivedAt),
  ],
)
