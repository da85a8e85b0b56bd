/** Every address of the screens, in one place. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { readClassesSearch } from './classes/classes-search.ts'
import { FailedPage, NotFoundPage, RootFrame, StartingPage } from './root-frame.tsx'
import { SchoolFrame } from './school-frame.tsx'
import { currentSession, firstSchool, rememberSchool } from './session.ts'
import { readStudentsSearch } from './students/students-search.ts'

const root = createRootRoute({
  component: RootFrame,
  notFoundComponent: NotFoundPage,
  errorComponent: FailedPage,
  pendingComponent: StartingPage,
  beforeLoad: async () => ({ session: await currentSession() }),
})

const front = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ context: { session } }) => {
    if (!session.person) throw redirect({ to: '/sign-in' })
    const school = firstSchool(session.person)
    if (school) throw redirect({ to: '/$school/students', params: { school: school.slug }, replace: true })
  },
  component: lazyRouteComponent(() => import('./schools/no-school-page.tsx'), 'NoSchoolPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string | undefined } =>
    typeof next === 'string' ? { next } : {},
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup/setup-page.tsx'), 'SetupPage'),
})

const school = createRoute({
  getParentRoute: () => root,
  path: '/$school',
  beforeLoad: ({ context: { session }, params, location }) => {
    if (!session.person) throw redirect({ to: '/sign-in', search: { next: location.href } })
    const membership = session.person.schools.find(({ slug }) => slug === params.school)
    if (!membership) throw notFound()
    rememberSchool(membership.slug)
    return { membership, person: session.person }
  },
  component: SchoolFrame,
})

const schoolFront = createRoute({
  getParentRoute: () => school,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$school/students', params, replace: true })
  },
})

const students = createRoute({
  getParentRoute: () => school,
  path: '/students',
  validateSearch: readStudentsSearch,
  component: lazyRouteComponent(() => import('./students/students-page.tsx'), 'StudentsPage'),
})

const newStudent = createRoute({
  getParentRoute: () => school,
  path: '/students/new',
  component: lazyRouteComponent(() => import('./students/new-student-page.tsx'), 'NewStudentPage'),
})

const student = createRoute({
  getParentRoute: () => school,
  path: '/students/$id',
  component: lazyRouteComponent(() => import('./students/student-page.tsx'), 'StudentPage'),
})

const editStudent = createRoute({
  getParentRoute: () => school,
  path: '/students/$id/edit',
  component: lazyRouteComponent(() => import('./students/edit-student-page.tsx'), 'EditStudentPage'),
})

const classes = createRoute({
  getParentRoute: () => school,
  path: '/classes',
  validateSearch: readClassesSearch,
  component: lazyRouteComponent(() => import('./classes/classes-page.tsx'), 'ClassesPage'),
})

const oneClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id',
  component: lazyRouteComponent(() => import('./classes/class-page.tsx'), 'ClassPage'),
})

/** Search parameters are plain text in the URL, `?grade=07&q=ada`, and each page reads its own. */
const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text))
function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text && `?${text}`
}

export const router = createRouter({
  routeTree: root.addChildren([
    front,
    signIn,
    setup,
    school.addChildren([schoolFront, students, newStudent, student, editStudent, classes, oneClass]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: StartingPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** The entry before this one is the page that opened it: closing goes back there. */
    wasOpenedHere?: boolean
  }
}
