/** A table that is not named has 10,000 rows at most. */
export const largeTables: Record<string, number> = {
  class_instructors: 60_000,
  class_terms: 60_000,
  classes: 50_000,
  enrollments: 1_000_000,
  guardians: 150_000,
  import_pieces: 100_000,
  import_results: 100_000,
  journal: 5_000_000,
  journal_owners: 5_000_000,
  journal_values: 5_000_000,
  meetings: 100_000,
  operations: 2_000_000,
  procedure_minutes: 1_000_000,
  student_addresses: 200_000,
  student_alerts: 50_000,
  student_guardians: 200_000,
  students: 100_000,
}
const small = 10_000

export const rowsOf = (table: string): number => largeTables[table] ?? small
export const isLarge = (table: string): boolean => table in largeTables

/** In s per million rows of students, seen on two cores with a load of 12: an idle machine takes a fifth of it. */
export const perMillion = {
  sqlite: { index: 4, scan: 0.8, rewrite: 21.5, update: 5 },
  postgresql: { index: 6, scan: 0.6, rewrite: 26, update: 100 },
} as const
export type Work = keyof (typeof perMillion)['sqlite']

/** In s. */
export const duration = (dialect: keyof typeof perMillion, work: Work, table: string): number =>
  (rowsOf(table) / 1e6) * perMillion[dialect][work]

export function lasting(dialect: keyof typeof perMillion, work: Work | 'moment', table: string): string {
  if (work === 'moment')
    return dialect === 'sqlite'
      ? 'a moment'
      : 'a moment once it is granted; it waits for every open transaction, and all later queries wait behind it'
  const seconds = duration(dialect, work, table)
  return `about ${seconds < 1 ? seconds.toFixed(1) : Math.round(seconds)} s for ${rowsOf(table).toLocaleString('en')} rows, as a large district has in ${table}`
}
