import type { schools } from '../../db/schema/index.ts'
import type { Sight, Told } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'

type Columns = Exclude<
  keyof typeof schools.$inferSelect,
  'id' | 'version' | 'studentNumberLast' | 'studentNumbersGiven'
>

export const schoolKind = {
  entity: 'school',
  read: 'home.read',
  isSchoolWide: true,
  naming: null,
  fields: {
    ...edited,
    name: seen,
    slug: seen,
    timeZone: seen,
    locale: seen,
    weekdays: seen,
    gradeLevels: seen,
    studentNumberPattern: seen,
    studentNumberFrom: seen,
    idleMinutes: seen,
    sessionHours: seen,
    yearBegins: seen,
    yearEnds: seen,
    usualTerms: seen,
    isDemo: seen,
    source: seen,
    sourcedId: seen,
    extra: { sees: 'none' },
  },
  undo: { permission: 'school.write' },
} as const satisfies Told & { fields: Record<Columns, { sees: Sight }> }
