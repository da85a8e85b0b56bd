/** The two records of a merge, and when it happens. */
export interface Places {
  goneId: string
  keptId: string
  now: Date
}
