/** The addresses outside the schools: the front, signing in, setting up and joining; and the root of all. */
import { createRootRoute, createRoute, redirect } from '@tanstack/react-router'
import { browserLanguage, speak } from './messages/languages.ts'
import { page } from './part.ts'
import { FailedPage, NotFoundPage, RootFrame, StartingPage } from './root-frame.tsx'
import { currentSession, firstSchool } from './session.ts'

export const root = createRootRoute({
  component: RootFrame,
  notFoundComponent: NotFoundPage,
  errorComponent: FailedPage,
  pendingComponent: StartingPage,
  // A pointer that merely passes over links asks nothing.
  beforeLoad: async ({ preload }) => ({ session: await currentSession({ isClick: !preload }) }),
})

/** Outside the schools the page speaks as the browser does. */
const speakAsBrowser = ({ preload }: { preload: boolean }) => (preload ? undefined : speak(browserLanguage()))

export const front = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ context: { session }, preload }) => {
    if (!session.person) throw redirect({ to: '/sign-in' })
    const school = firstSchool(session.person)
    if (school) throw redirect({ to: '/$school/home', params: { school: school.slug }, replace: true })
    return speakAsBrowser({ preload })
  },
  component: page(() => import('./schools/no-school-page.tsx'), 'NoSchoolPage'),
})

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string | undefined } =>
    typeof next === 'string' ? { next } : {},
  beforeLoad: speakAsBrowser,
  component: page(() => import('./auth/sign-in-page.tsx'), 'SignInPage'),
})

export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: speakAsBrowser,
  component: page(() => import('./auth/setup-page.tsx'), 'SetupPage'),
})

export const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  beforeLoad: speakAsBrowser,
  component: page(() => import('./auth/join-page.tsx'), 'JoinPage'),
})
