/** The school a screen is in: its record, what this person may do there, and its own API. */

import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import { wallClock } from '../db/wall-clock.ts'
import type { Permission } from '../server/access.ts'
import type { FlagKey } from '../server/flags/registry.ts'
import { apiOf } from './api.ts'
import type { SchoolMembership } from './session.ts'
import { may } from './session.ts'
import type { Api } from './trpc.ts'

const SchoolContext = createContext<SchoolMembership | null>(null)

export function SchoolProvider({ school, children }: { school: SchoolMembership; children: ReactNode }) {
  return (
    <SchoolContext value={school}>
      <QueryClientProvider client={apiOf(school.slug).queryClient}>{children}</QueryClientProvider>
    </SchoolContext>
  )
}

export function useSchool(): SchoolMembership {
  const school = useContext(SchoolContext)
  if (!school) throw new Error('useSchool is for screens inside a school')
  return school
}

export const useTrpc = (): Api['trpc'] => apiOf(useSchool().slug).trpc
export const useMay = (permission: Permission): boolean => may(useSchool(), permission)

/** What this person is served here, and again when it changes. `untold` is for a server of the release before, which knows no flags. */
export const useFlag = (key: FlagKey, untold: boolean): boolean => useSchool().flags?.[key] ?? untold

/** The days on which the school is open; 1 is Monday. A server of the release before tells of none. */
export const useOpenDays = (): readonly number[] => useSchool().weekdays ?? [1, 2, 3, 4, 5]

/** All seven days in the order of the school's week. A server of the release before does not tell where it begins. */
export function useWeekdays(): number[] {
  const first = useSchool().firstWeekday ?? 1
  return Array.from({ length: 7 }, (_, n) => ((first - 1 + n) % 7) + 1)
}

/** The school's date now, 'YYYY-MM-DD'. */
export function useToday(): string {
  const { timeZone } = useSchool()
  return wallClock(new Date(), timeZone).date
}
