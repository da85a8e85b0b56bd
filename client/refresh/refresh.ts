/** Brings changes into the screens, whoever made them: each query that reads a changed record is asked again. */
import type { Query } from '@tanstack/react-query'
import type { Api } from '../trpc.ts'
import type { Changes } from './changes.ts'
import type { Answered } from './long-lists.ts'
import { correctStudents, isBeyondCorrecting, isLong, isOfStudents } from './long-lists.ts'
import type { QueryName } from './reads.ts'
import { pageOf, reads } from './reads.ts'

export interface Asked {
  /** Such as 'students.get'. Undefined where the query is not one of the server's. */
  name: string | undefined
  id: string | undefined
}
/** A key of tRPC holds the procedure's path, then its input. */
function askedBy({ queryKey }: Query): Asked {
  const [path, { input } = {}] = queryKey as [unknown, { input?: { id?: string } }?]
  return { name: Array.isArray(path) ? path.join('.') : undefined, id: input?.id }
}

export function isAffected({ name, id: asked }: Asked, changes: Changes): boolean {
  const read = reads[name as QueryName]
  if (!read) return false
  return changes.some(({ entity, id }) => {
    if (read !== 'every' && !read.includes(entity)) return false
    return name !== pageOf(entity) || id === undefined || id === asked
  })
}

/** A question from before the change may be answered after it, with what was true before. It is asked once more then. */
function onceAnswered({ queryClient }: Api, query: Query): void {
  const stop = queryClient.getQueryCache().subscribe((event) => {
    if (event.query !== query) return
    if (event.type !== 'removed' && query.state.fetchStatus !== 'idle') return
    stop()
    void queryClient.invalidateQueries({ predicate: (one) => one === query })
  })
}

/** Queries on the screen ask now. The others ask when they come back on it. */
function askAgain(api: Api, queries: readonly Query[]): Promise<void> {
  const wanted = new Set(queries)
  for (const query of queries) {
    // A query that is shown and has data drops its first question by itself.
    const givesUp = query.isActive() && query.state.data !== undefined
    if (query.state.fetchStatus !== 'idle' && !givesUp) onceAnswered(api, query)
  }
  return api.queryClient.invalidateQueries({ predicate: (query) => wanted.has(query) })
}

const allOf = ({ queryClient }: Api): Query[] => queryClient.getQueryCache().findAll()

export const refreshAll = (api: Api): Promise<void> => askAgain(api, allOf(api))

export const refreshQueries = (api: Api, names: readonly string[]): Promise<void> =>
  askAgain(
    api,
    allOf(api).filter((query) => names.includes(askedBy(query).name ?? '')),
  )

const studentsIn = (changes: Changes): string[] =>
  changes.flatMap(({ entity, id }) => (entity === 'student' && id !== undefined ? id : []))

/**
 * Asks each query again that reads one of these records. Others may change something several times a second, so a list that
 * was scrolled far down is read anew only for changes made `here`, and only where corrected rows are not enough.
 */
export async function refresh(api: Api, changes: Changes, here?: { answered: Answered | undefined }): Promise<void> {
  const { queryClient } = api
  const affected = allOf(api).filter((query) => isAffected(askedBy(query), changes))
  const long = affected.filter(isLong)
  const anew = here ? long.filter((query) => isBeyondCorrecting(query, changes, here.answered)) : []
  const kept = new Set(long.filter((query) => !anew.includes(query)))
  const hidden = new Set(anew.filter((query) => isOfStudents(query) && !query.isActive()))
  // A long list asks for nothing when it comes back on the screen. Without its pages it begins with the first.
  queryClient.removeQueries({ predicate: (query) => hidden.has(query) })
  await Promise.all([
    queryClient.invalidateQueries({ predicate: (query) => kept.has(query), refetchType: 'none' }),
    askAgain(
      api,
      affected.filter((query) => !kept.has(query) && !hidden.has(query)),
    ),
    correctStudents(
      api,
      studentsIn(changes).filter((id) => id !== here?.answered?.student.id),
    ),
  ])
}
