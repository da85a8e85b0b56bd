import { schools } from '../../db/schema/index.ts'
import type { School } from '../context.ts'

/** What every request knows of its school, however its person is found. */
export const schoolColumns = {
  id: schools.id,
  slug: schools.slug,
  name: schools.name,
  timeZone: schools.timeZone,
  locale: schools.locale,
  isDemo: schools.isDemo,
  studentNumberPattern: schools.studentNumberPattern,
  weekdays: schools.weekdays,
} satisfies Record<keyof School, unknown>
