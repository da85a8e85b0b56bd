import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useSchool } from '../school.tsx'
import type { RecordsSearch } from './records-search.ts'

/** What the list's address says. */
export const useRecordsSearch = (): RecordsSearch => useSearch({ strict: false }) as RecordsSearch

/** Changes what the list's address says. */
export function useSearchChange(kind: { path: ListPath }): (next: object) => void {
  const { slug } = useSchool()
  const navigate = useNavigate()
  return (next) =>
    void navigate({
      to: addressOf(kind),
      params: { school: slug },
      search: ((before: object) => ({ ...before, ...next })) as never,
      replace: true,
    })
}
