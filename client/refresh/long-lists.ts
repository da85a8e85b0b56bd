/**
 * Somebody may have scrolled a list far down. It takes seconds to ask for a hundred pages again, so students are corrected
 * in their rows instead.
 */
import type { InfiniteData, Query } from '@tanstack/react-query'
import type { Api, Outputs } from '../trpc.ts'
import type { Changes } from './changes.ts'

type Student = Outputs['students']['get']
type Row = Outputs['students']['list']['rows'][number]
type Pages = InfiniteData<Outputs['students']['list']>

const refetchedAtMost = 5
const pagesIn = ({ state }: Query): number => (state.data as Partial<Pages> | undefined)?.pages?.length ?? 0
export const isLong = (query: Query): boolean => pagesIn(query) > refetchedAtMost

/** A key of tRPC begins with the procedure's path. */
export const isOfStudents = ({ queryKey: [path] }: Query): boolean => String(path) === 'students,list'

const lists = ({ queryClient }: Api): Query[] => queryClient.getQueryCache().findAll({ predicate: isOfStudents })
const inputOf = ({ queryKey }: Query) => (queryKey[1] as { input?: { archived?: boolean } } | undefined)?.input

/** Erased students are on no list. Archived ones are on the list of the archived. */
const belongs = ({ archivedAt, erasedAt }: Student, query: Query): boolean =>
  !erasedAt && Boolean(archivedAt) === (inputOf(query)?.archived ?? false)

const holds = (query: Query, id: string): boolean =>
  (query.state.data as Pages).pages.some(({ rows }) => rows.some((row) => row.id === id))

/** Corrects the student's row, or takes it out when she no longer belongs to the list. */
function correct(query: Query, student: Student): void {
  if (!pagesIn(query) || !holds(query, student.id)) return
  const { pages, ...rest } = query.state.data as Pages
  const keeps = belongs(student, query)
  const corrected = (row: Row): Row[] => (row.id !== student.id ? [row] : keeps ? [{ ...row, ...student }] : [])
  query.setData({ ...rest, pages: pages.map((page) => ({ ...page, rows: page.rows.flatMap(corrected) })) })
}

/** Corrects a student, as the server answered her, in all lists that show her. */
export function correctStudent(api: Api, student: Student): void {
  for (const query of lists(api)) correct(query, student)
}

/** Asks for each of these students who is in a long list. One whom the server no longer answers keeps her row. */
export async function correctStudents(api: Api, ids: readonly string[]): Promise<void> {
  const long = lists(api).filter(isLong)
  const shown = ids.filter((id) => long.some((query) => holds(query, id)))
  const ask = (id: string) => api.queryClient.fetchQuery(api.trpc.students.get.queryOptions({ id }, { staleTime: 0 }))
  const found = await Promise.allSettled(shown.map(ask))
  for (const one of found) if (one.status === 'fulfilled') correctStudent(api, one.value)
}

/** A student as a mutation answered her. Lists may lack her when she `hasCome`: added, archived or restored. */
export interface Answered {
  student: Student
  hasCome: boolean
}

/** Whether corrected rows are not enough for a long list, because somebody may have come into it. */
export function isBeyondCorrecting(query: Query, changes: Changes, answered: Answered | undefined): boolean {
  if (!isOfStudents(query)) return true
  return changes.some(({ entity, id }) => {
    if (entity !== 'student') return false
    if (id === undefined) return true
    if (id !== answered?.student.id) return !holds(query, id)
    return answered.hasCome && belongs(answered.student, query) && !holds(query, id)
  })
}
