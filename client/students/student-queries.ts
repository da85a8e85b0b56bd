/** What the screens keep of students, and how a change gets into it. */
import type { InfiniteData, Query } from '@tanstack/react-query'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTrpc } from '../school.tsx'
import type { Api, Outputs } from '../trpc.ts'
import type { StudentsSearch } from './students-search.ts'
import { countInput, listInput } from './students-search.ts'

export type Student = Outputs['students']['get']
export type StudentRow = Outputs['students']['list']['rows'][number]
type Pages = InfiniteData<Outputs['students']['list']>

/** A list someone has scrolled far down is corrected in place: asking again for a hundred pages takes seconds. */
const refetchedAtMost = 5
export const isShortList = ({ state }: Query): boolean =>
  ((state.data as Pages | undefined)?.pages?.length ?? 0) <= refetchedAtMost
const whenShort = (query: unknown) => isShortList(query as Query)

export function useStudentList(search: StudentsSearch) {
  const trpc = useTrpc()
  const count = useQuery(trpc.students.count.queryOptions(countInput(search), { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.students.list.infiniteQueryOptions(listInput(search), {
      getNextPageParam: ({ next }) => next,
      initialCursor: null,
      placeholderData: keepPreviousData,
      // Comparing 25,000 rows with themselves at every page takes longer than showing them.
      structuralSharing: false,
      refetchOnMount: whenShort,
      refetchOnWindowFocus: whenShort,
      refetchOnReconnect: whenShort,
      trpc: { abortOnUnmount: true },
    }),
  )
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return { list, count, rows }
}

/** After a change of many: whatever shows students asks again. */
export function studentsChanged({ trpc, queryClient }: Api): void {
  for (const feature of [trpc.students, trpc.enrollments, trpc.classes, trpc.programs])
    void queryClient.invalidateQueries(feature.pathFilter())
}

const inputOf = ({ queryKey }: Query) => (queryKey[1] as { input?: { archived?: boolean } } | undefined)?.input

/** The student where she is in these pages; gone when she no longer belongs to them. */
function corrected({ pages, ...rest }: Pages, student: Student, showsArchived: boolean): Pages {
  const belongs = Boolean(student.archivedAt) === showsArchived
  const correct = (row: StudentRow): StudentRow[] => {
    if (row.id !== student.id) return [row]
    return belongs ? [{ ...row, ...student }] : []
  }
  return { ...rest, pages: pages.map((page) => ({ ...page, rows: page.rows.flatMap(correct) })) }
}

const holds = (query: Query, id: string) =>
  (query.state.data as Pages).pages.some(({ rows }) => rows.some((row) => row.id === id))

/** Where others changed them: in lists too long to be asked for again, these students are asked for one by one. */
export async function correctStudents({ trpc, queryClient }: Api, ids: readonly string[]): Promise<void> {
  const long = queryClient
    .getQueryCache()
    .findAll(trpc.students.list.pathFilter())
    .filter((query) => !isShortList(query))
  for (const id of ids.filter((one) => long.some((query) => holds(query, one)))) {
    const student = await queryClient.fetchQuery(trpc.students.get.queryOptions({ id }, { staleTime: 0 }))
    for (const query of long)
      query.setData(corrected(query.state.data as Pages, student, inputOf(query)?.archived ?? false))
  }
}

/** Brings a student, as the server answered her after a change, into everything on the screens. */
export function studentChanged({ trpc, queryClient }: Api, student: Student, comesBack: boolean): void {
  queryClient.setQueryData(trpc.students.get.queryKey({ id: student.id }), student)
  const lists = trpc.students.list.pathFilter()
  for (const query of queryClient.getQueryCache().findAll(lists)) {
    const pages = query.state.data as Pages | undefined
    if (pages) query.setData(corrected(pages, student, inputOf(query)?.archived ?? false))
  }
  void queryClient.invalidateQueries({ ...lists, predicate: (query) => comesBack || isShortList(query) })
  void queryClient.invalidateQueries(trpc.students.count.pathFilter())
  void queryClient.invalidateQueries(trpc.classes.pathFilter())
  void queryClient.invalidateQueries(trpc.enrollments.pathFilter())
  void queryClient.invalidateQueries(trpc.programs.pathFilter())
}
