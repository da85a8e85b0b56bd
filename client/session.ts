/** Who is signed in, and in which schools they may do what. */
import type { Permission } from '../server/access.ts'
import { apiOf, callFor } from './api.ts'
import { recall, remember } from './remembered.ts'
import { noteEnded, signIns } from './signed-out.ts'
import type { Outputs } from './trpc.ts'
import { onRightsRefused } from './trpc.ts'
import { pathOf, shownAddress } from './typed-address.ts'

export type Session = Outputs['session']['get']
export type SignedIn = NonNullable<Session['person']>
export type SchoolMembership = SignedIn['schools'][number]

export const register = apiOf(null)
/** Whose page this is stays known however long nobody asks: without it, whoever is signed in would be taken for another. */
export const sessionQuery = register.trpc.session.get.queryOptions(undefined, { staleTime: 60_000, gcTime: Infinity })

const known = () => register.queryClient.getQueryData(sessionQuery.queryKey)
callFor(() => known()?.person?.userId)

const [path, asked] = sessionQuery.queryKey
/** tRPC reads the procedure out of the key: it stays one of two parts. */
const againKey = [path, { ...asked, again: true }] as const
let onChange: () => void = () => undefined
/** Runs when it turned out, after a click, that the person's schools or roles are not what they were. */
export function onRightsChange(work: () => void): void {
  onChange = work
}

/** Who is signed in now. The page is one person's for as long as it isn't loaded again. */
export async function whoIsSignedIn(): Promise<'same' | 'other' | 'nobody'> {
  const { queryClient } = register
  const before = known()
  const after = await queryClient.fetchQuery({ ...sessionQuery, queryKey: againKey as never, staleTime: 0 })
  if (!after.person) return 'nobody'
  if (after.person.userId !== before?.person?.userId) return 'other'
  if (queryClient.setQueryData(sessionQuery.queryKey, after) !== before) onChange()
  return 'same'
}

/** Whether the person of this page is the one signed in. */
export const isStillSignedIn = async (): Promise<boolean> => (await whoIsSignedIn()) === 'same'

/** Covers the page when its session has ended. */
async function lookAgain(): Promise<void> {
  const askedAfter = signIns()
  if (!(await isStillSignedIn())) noteEnded(askedAfter)
}
/** For what nobody waits for: whoever is signed in is asked again by and by. */
export const lookQuietly = (): void => void lookAgain().catch(() => undefined)

let hasAsked = false
/**
 * From memory where known, looked after in the background: a new role counts from the next click on. What was asked while
 * the page began is not asked again at once.
 */
export async function currentSession({ isClick }: { isClick: boolean }): Promise<Session> {
  const [session, isFirst] = [known(), !hasAsked]
  hasAsked = true
  if (!session?.person) return register.queryClient.fetchQuery(sessionQuery)
  if (isClick && !isFirst) lookQuietly()
  return session
}

onRightsRefused(() => {
  if (known()?.person) lookQuietly()
})

export const freshSession = (): Promise<Session> => register.queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })

/** Of the flags that this page goes by. A server of the release before tells of none. */
export const flagsVersion = (): number | undefined => known()?.person?.flagsVersion

export const may = (school: SchoolMembership, permission: Permission): boolean =>
  school.permissions.includes(permission)

const lastSchool = 'homeroom.school'
export const rememberSchool = (slug: string): void => remember(lastSchool, slug)
/** The school to open first: the last one, or the only one. */
export const firstSchool = ({ schools }: SignedIn): SchoolMembership | undefined =>
  schools.find(({ slug }) => slug === recall(lastSchool)) ?? schools[0]

/** A path of our own to go on to after signing in; anything else is the front page. */
export function ownPath(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/'
  const url = new URL(next, location.origin)
  const isOwn = url.origin === location.origin && !url.pathname.startsWith('//')
  return isOwn ? pathOf(shownAddress(url)) : '/'
}
