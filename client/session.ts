/** Who is signed in, and in which schools they may do what. */
import type { Permission } from '../server/access.ts'
import type { Outputs } from './trpc.ts'
import { apiOf } from './trpc.ts'

export type Session = Outputs['session']['get']
export type SignedIn = NonNullable<Session['person']>
export type SchoolMembership = SignedIn['schools'][number]

export const register = apiOf(null)
export const sessionQuery = register.trpc.session.get.queryOptions(undefined, { staleTime: 60_000 })

/** From memory where known, looked after in the background. */
export const currentSession = (): Promise<Session> =>
  register.queryClient.ensureQueryData({ ...sessionQuery, revalidateIfStale: true })

export const freshSession = (): Promise<Session> => register.queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })

export const may = (school: SchoolMembership, permission: Permission): boolean =>
  school.permissions.includes(permission)

const lastSchool = 'homeroom.school'
export const rememberSchool = (slug: string): void => localStorage.setItem(lastSchool, slug)
/** The school to open first: the last one, or the only one. */
export const firstSchool = ({ schools }: SignedIn): SchoolMembership | undefined =>
  schools.find(({ slug }) => slug === localStorage.getItem(lastSchool)) ?? schools[0]

/** A path of our own to go on to after signing in; anything else is the front page. */
export function ownPath(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/'
  const url = new URL(next, location.origin)
  const isOwn = url.origin === location.origin && !url.pathname.startsWith('//')
  return isOwn ? url.pathname + url.search + url.hash : '/'
}
