/** What a class is put together from: short lists that come whole and change rarely. */
import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../school.tsx'

const rarely = { staleTime: 60_000 }

export const useTerms = () => useQuery(useTrpc().academicSessions.list.queryOptions({}, rarely)).data ?? []
/** Instructors may not read these: for them, and for who does not need them, they are not asked for. */
export const useRooms = (enabled = true) =>
  useQuery(useTrpc().rooms.list.queryOptions({}, { ...rarely, enabled })).data ?? []
export const useCourses = (enabled = true) =>
  useQuery(useTrpc().courses.list.queryOptions({}, { ...rarely, enabled })).data ?? []
export const useDepartments = (enabled: boolean) =>
  useQuery(useTrpc().departments.list.queryOptions({}, { ...rarely, enabled })).data ?? []
