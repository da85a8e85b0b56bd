/** How many columns for marks a printed roster has beside the names. */
export const rosterColumns = [0, 5, 10] as const

export interface RosterSearch {
  columns?: 5 | 10 | undefined
}

export const readRosterSearch = ({ columns }: Record<string, unknown>): RosterSearch => ({
  columns: ([5, 10] as const).find((count) => String(count) === String(columns)),
})
