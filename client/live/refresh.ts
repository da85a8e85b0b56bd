/** What others changed comes into the screens: whatever shows something of it asks the server again. */
import type { Query } from '@tanstack/react-query'
import type { News } from '../../server/live/feed.ts'
import { correctStudents, isShortList } from '../students/student-queries.ts'
import type { Api } from '../trpc.ts'
import { featureOf, shownIn } from './shown-in.ts'

export type Changes = readonly Pick<News['entries'][number], 'entity' | 'id'>[]

interface Asked {
  feature: string
  verb: string | undefined
  id: string | undefined
}
/** tRPC's keys begin with the procedure's path, then its input. */
function askedBy({ queryKey }: Query): Asked {
  const [path, { input } = {}] = queryKey as [string[], { input?: { id?: string } }?]
  return { feature: path[0] ?? '', verb: path[1], id: input?.id }
}

/** Whether these changes may show in what the query asked for. One record's page is left alone by others of its kind. */
export function isAffected(asked: Asked, changes: Changes): boolean {
  return changes.some(({ entity, id }) => {
    if (asked.feature === 'journal') return asked.id === undefined || asked.id === id
    if (!shownIn[entity].some((feature) => feature === asked.feature)) return false
    return asked.verb !== 'get' || featureOf[entity] !== asked.feature || asked.id === id
  })
}

/** Everything on the screen asks again; everything else, when it comes back on the screen. */
export const refreshAll = ({ queryClient }: Api): Promise<void> => queryClient.invalidateQueries()

export async function refresh(api: Api, changes: Changes): Promise<void> {
  const predicate = (query: Query) => isAffected(askedBy(query), changes)
  const students = changes.filter(({ entity }) => entity === 'student').map(({ id }) => id)
  await Promise.all([
    api.queryClient.invalidateQueries({ predicate, refetchType: 'none' }),
    api.queryClient.refetchQueries({ predicate: (query) => predicate(query) && isShortList(query), type: 'active' }),
    correctStudents(api, students),
  ])
}
