import { instructors } from '../../db/schema/index.ts'
import { searchText, sortName } from '../people.ts'
import type { Kind } from '../records/kind.ts'

export const instructorKind: Kind<typeof instructors> = {
  entity: 'instructor',
  table: instructors,
  notFound: 'instructor.not_found',
  stale: 'instructor.stale',
  derive: (instructor) => ({
    sortName: sortName(instructor),
    searchText: searchText(instructor, instructor.email),
  }),
}
