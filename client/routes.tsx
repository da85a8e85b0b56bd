/** Every address of the screens inside a school, and the router of them all. */
import { createRoute, createRouter, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from './address-search.ts'
import { readClassesSearch } from './classes/classes-search.ts'
import { front, join, root, setup, signIn } from './door-routes.ts'
import { drafts } from './drafts/drafts.ts'
import { readHistorySearch } from './history/history-search.ts'
import { readRosterSearch } from './print/roster-search.ts'
import { readNewRecordSearch, readRecordsSearch } from './records/records-search.ts'
import { StartingPage } from './root-frame.tsx'
import { SchoolFrame } from './school-frame.tsx'
import { onRightsChange, rememberSchool } from './session.ts'
import { readStudentsSearch } from './students/students-search.ts'
import { readTimetableSearch } from './timetable/timetable-search.ts'

const school = createRoute({
  getParentRoute: () => root,
  path: '/$school',
  beforeLoad: ({ context: { session }, params, location }) => {
    if (!session.person) throw redirect({ to: '/sign-in', search: { next: location.href } })
    const membership = session.person.schools.find(({ slug }) => slug === params.school)
    if (!membership) throw notFound()
    rememberSchool(membership.slug)
    drafts.removeOthers(session.person.userId)
    return { membership, person: session.person }
  },
  component: SchoolFrame,
})

const schoolFront = createRoute({
  getParentRoute: () => school,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$school/home', params, replace: true })
  },
})

const home = createRoute({
  getParentRoute: () => school,
  path: '/home',
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
})

const students = createRoute({
  getParentRoute: () => school,
  path: '/students',
  validateSearch: readStudentsSearch,
  component: lazyRouteComponent(() => import('./students/students-page.tsx'), 'StudentsPage'),
})

const printStudents = createRoute({
  getParentRoute: () => school,
  path: '/students/print',
  validateSearch: readStudentsSearch,
  component: lazyRouteComponent(() => import('./students/students-page.tsx'), 'PrintStudentsPage'),
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

const duplicates = createRoute({
  getParentRoute: () => school,
  path: '/students/duplicates',
  component: lazyRouteComponent(() => import('./merge/duplicates-page.tsx'), 'DuplicatesPage'),
})

const merge = createRoute({
  getParentRoute: () => school,
  path: '/students/$id/merge/$intoId',
  component: lazyRouteComponent(() => import('./merge/merge-page.tsx'), 'MergePage'),
})

const classes = createRoute({
  getParentRoute: () => school,
  path: '/classes',
  validateSearch: readClassesSearch,
  component: lazyRouteComponent(() => import('./classes/classes-page.tsx'), 'ClassesPage'),
})

const printClasses = createRoute({
  getParentRoute: () => school,
  path: '/classes/print',
  validateSearch: readClassesSearch,
  component: lazyRouteComponent(() => import('./classes/classes-page.tsx'), 'PrintClassesPage'),
})

const newClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/new',
  component: lazyRouteComponent(() => import('./classes/class-form-screens.tsx'), 'NewClassPage'),
})

const oneClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id',
  component: lazyRouteComponent(() => import('./classes/class-page.tsx'), 'ClassPage'),
})

const editClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/edit',
  component: lazyRouteComponent(() => import('./classes/class-form-screens.tsx'), 'EditClassPage'),
})

const printRoster = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/print',
  validateSearch: readRosterSearch,
  component: lazyRouteComponent(() => import('./print/print-roster-page.tsx'), 'PrintRosterPage'),
})

const editMeetings = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/meetings',
  component: lazyRouteComponent(() => import('./timetable/edit-meetings-page.tsx'), 'EditMeetingsPage'),
})

const timetable = createRoute({
  getParentRoute: () => school,
  path: '/timetable',
  validateSearch: readTimetableSearch,
  component: lazyRouteComponent(() => import('./timetable/timetable-page.tsx'), 'TimetablePage'),
})

const history = createRoute({
  getParentRoute: () => school,
  path: '/history',
  validateSearch: readHistorySearch,
  component: lazyRouteComponent(() => import('./history/history-page.tsx'), 'HistoryPage'),
})

const account = createRoute({
  getParentRoute: () => school,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
})

const members = createRoute({
  getParentRoute: () => school,
  path: '/members',
  validateSearch: ({ shown }: Record<string, unknown>): { shown?: 'removed' } => (shown === 'removed' ? { shown } : {}),
  component: lazyRouteComponent(() => import('./members/members-page.tsx'), 'MembersPage'),
})

const newMember = createRoute({
  getParentRoute: () => school,
  path: '/members/new',
  component: lazyRouteComponent(() => import('./members/invite-page.tsx'), 'InvitePage'),
})

const member = createRoute({
  getParentRoute: () => school,
  path: '/members/$id',
  component: lazyRouteComponent(() => import('./members/member-page.tsx'), 'MemberPage'),
})

const screens = () => import('./records/catalog-screens.ts')
const forms = () => import('./records/catalog-form-screens.ts')
const pastes = () => import('./records/catalog-paste-screens.ts')

/** Where many of a kind are pasted from a spreadsheet. */
const pasteRoute = <Path extends keyof Awaited<ReturnType<typeof pastes>>>(path: Path) =>
  createRoute({
    getParentRoute: () => school,
    path: `/${path}/paste`,
    component: lazyRouteComponent(async () => (await pastes())[path], 'PastePage'),
  })

/** The pages of a kind of record: /rooms, also on paper, /rooms/new, /rooms/paste, /rooms/$id and /rooms/$id/edit. */
function recordRoutes<Path extends keyof Awaited<ReturnType<typeof screens>>>(path: Path) {
  const below = { getParentRoute: () => school }
  const shown = async () => (await screens())[path]
  const filled = async () => (await forms())[path]
  return [
    createRoute({
      ...below,
      path: `/${path}`,
      validateSearch: readRecordsSearch,
      component: lazyRouteComponent(shown, 'ListPage'),
    }),
    createRoute({
      ...below,
      path: `/${path}/print`,
      validateSearch: readRecordsSearch,
      component: lazyRouteComponent(shown, 'ListPage'),
    }),
    pasteRoute(path),
    createRoute({
      ...below,
      path: `/${path}/new`,
      validateSearch: readNewRecordSearch,
      component: lazyRouteComponent(filled, 'NewPage'),
    }),
    createRoute({ ...below, path: `/${path}/$id`, component: lazyRouteComponent(shown, 'RecordPage') }),
    createRoute({ ...below, path: `/${path}/$id/edit`, component: lazyRouteComponent(filled, 'EditPage') }),
  ] as const
}

const recordPages = [
  ...recordRoutes('courses'),
  ...recordRoutes('departments'),
  ...recordRoutes('guardians'),
  ...recordRoutes('instructors'),
  ...recordRoutes('programs'),
  ...recordRoutes('rooms'),
  ...recordRoutes('terms'),
] as const

export const router = createRouter({
  routeTree: root.addChildren([
    front,
    signIn,
    setup,
    join,
    school.addChildren([
      schoolFront,
      home,
      students,
      printStudents,
      newStudent,
      pasteRoute('students'),
      student,
      editStudent,
      duplicates,
      merge,
      classes,
      printClasses,
      newClass,
      pasteRoute('classes'),
      oneClass,
      editClass,
      printRoster,
      editMeetings,
      timetable,
      ...recordPages,
      history,
      account,
      members,
      newMember,
      member,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: StartingPage,
})

onRightsChange(() => void router.invalidate())

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** The entry before this one is the page that opened it: closing goes back there. */
    wasOpenedHere?: boolean
  }
}
