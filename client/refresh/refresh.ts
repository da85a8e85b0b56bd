/** Brings what was changed into the screens, whoever changed it: whatever shows something of it asks the server again. */
import type { Query } from '@tanstack/react-query'
import type { Api } from '../trpc.ts'
import type { Changes } from './changes.ts'
import type { Answered } from './long-lists.ts'
import { correctStudents, isBeyondCorrecting, isLong, isOfStudents } from './long-lists.ts'
import type { QueryName } from './reads.ts'
import { pageOf, reads } from './reads.ts'

export interface Asked {
  /** 'students.get'; undefined of what is no query of the server's. */
  name: string | undefined
  id: string | undefined
}
/** tRPC's keys begin with the procedure's path, then its input. */
function askedBy({ queryKey }: Query): Asked {
  const [path, { input } = {}] = queryKey as [unknown, { input?: { id?: string } }?]
  return { name: Array.isArray(path) ? path.join('.') : undefined, id: input?.id }
}

/** Whether these changes may show in what was asked for. */
export function isAffected({ name, id: asked }: Asked, changes: Changes): boolean {
  const read = reads[name as QueryName]
  if (!read) return false
  return changes.some(({ entity, id }) => {
    if (read !== 'every' && !read.includes(entity)) return false
    return name !== pageOf[entity] || id === undefined || id === asked
  })
}

/** Asked before the change was made, it may be answered after it with what was before: then it is asked once more. */
function onceAnswered({ queryClient }: Api, query: Query): void {
  const stop = queryClient.getQueryCache().subscribe((event) => {
    if (event.query !== query) return
    if (event.type !== 'removed' && query.state.fetchStatus !== 'idle') return
    stop()
    void queryClient.invalidateQueries({ predicate: (one) => one === query })
  })
}

/** Those on the screen ask now; the others, when they come back on it. */
function askAgain(api: Api, queries: readonly Query[]): Promise<void> {
  const wanted = new Set(queries)
  for (const query of queries) {
    // What is shown already and asked for anew gives up its first question by itself.
    const givesUp = query.isActive() && query.state.data !== undefined
    if (query.state.fetchStatus !== 'idle' && !givesUp) onceAnswered(api, query)
  }
  return api.queryClient.invalidateQueries({ predicate: (query) => wanted.has(query) })
}

const allOf = ({ queryClient }: Api): Query[] => queryClient.getQueryCache().findAll()

/** Everything on the screen asks again; everything else, when it comes back on the screen. */
export const refreshAll = (api: Api): Promise<void> => askAgain(api, allOf(api))

/** What shows these asks again, whatever was changed in it. */
export const refreshQueries = (api: Api, names: readonly string[]): Promise<void> =>
  askAgain(
    api,
    allOf(api).filter((query) => names.includes(askedBy(query).name ?? '')),
  )

const studentsIn = (changes: Changes): string[] =>
  changes.flatMap(({ entity, id }) => (entity === 'student' && id !== undefined ? id : []))

/**
 * Whatever shows something of these records asks again. Changes of others may come several times a second: a list that
 * was scrolled far down is read anew only for what was changed `here`, and where correcting its rows does not do.
 */
export async function refresh(api: Api, changes: Changes, here?: { answered: Answered | undefined }): Promise<void> {
  const { queryClient } = api
  const affected = allOf(api).filter((query) => isAffected(askedBy(query), changes))
  const long = affected.filter(isLong)
  const anew = here ? long.filter((query) => isBeyondCorrecting(query, changes, here.answered)) : []
  const kept = new Set(long.filter((query) => !anew.includes(query)))
  const hidden = new Set(anew.filter((query) => isOfStudents(query) && !query.isActive()))
  // It asks for nothing when it comes back on the screen: gone, it begins with its first page.
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
