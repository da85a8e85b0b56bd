/** Every address of the screens inside a school, and the router of them all. */
import { createRoute, createRouter, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import type { ListPath, RecordEntity } from '../db/values.ts'
import { recordKinds } from '../db/values.ts'
import { parseSearch, stringifySearch } from './address-search.ts'
import { readClassesSearch } from './classes/classes-search.ts'
import { front, join, root, setup, signIn } from './door-routes.ts'
import { drafts } from './drafts/drafts.ts'
import { readHistorySearch } from './history/history-search.ts'
import type { ListedEntity, Load, ShownKind } from './kinds.ts'
import { shownEntities, shownKinds } from './kinds.ts'
import { readTimetableSearch } from './meetings/timetable-search.ts'
import { languageFor, speak } from './messages/languages.ts'
import { readRosterSearch } from './pages/roster-search.ts'
import { page } from './part.ts'
import { readNewRecordSearch, readRecordsSearch } from './records/records-search.ts'
import { StartingPage } from './root-frame.tsx'
import { SchoolFrame } from './school-frame.tsx'
import { onRightsChange, rememberSchool } from './session.ts'
import { readStudentsSearch } from './students/students-search.ts'

const school = createRoute({
  getParentRoute: () => root,
  path: '/$school',
  beforeLoad: async ({ context: { session }, params, location, preload }) => {
    if (!session.person) throw redirect({ to: '/sign-in', search: { next: location.href } })
    const membership = session.person.schools.find(({ slug }) => slug === params.school)
    if (!membership) throw notFound()
    rememberSchool(membership.slug)
    drafts.removeOthers(session.person.userId)
    if (!preload) await speak(languageFor(membership.locale))
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
  component: page(() => import('./home/home-page.tsx'), 'HomePage'),
})

const students = createRoute({
  getParentRoute: () => school,
  path: '/students',
  validateSearch: readStudentsSearch,
  component: page(() => import('./students/students-page.tsx'), 'StudentsPage'),
})

const printStudents = createRoute({
  getParentRoute: () => school,
  path: '/students/print',
  validateSearch: readStudentsSearch,
  component: page(() => import('./students/students-page.tsx'), 'StudentsPage'),
})

const newStudent = createRoute({
  getParentRoute: () => school,
  path: '/students/new',
  component: page(() => import('./students/new-student-page.tsx'), 'NewStudentPage'),
})

const student = createRoute({
  getParentRoute: () => school,
  path: '/students/$id',
  component: page(() => import('./pages/student-page.tsx'), 'StudentPage'),
})

const editStudent = createRoute({
  getParentRoute: () => school,
  path: '/students/$id/edit',
  component: page(() => import('./students/edit-student-page.tsx'), 'EditStudentPage'),
})

const duplicates = createRoute({
  getParentRoute: () => school,
  path: '/students/duplicates',
  component: page(() => import('./merge/duplicates-page.tsx'), 'DuplicatesPage'),
})

const merge = createRoute({
  getParentRoute: () => school,
  path: '/students/$id/merge/$intoId',
  component: page(() => import('./merge/merge-page.tsx'), 'MergePage'),
})

const classes = createRoute({
  getParentRoute: () => school,
  path: '/classes',
  validateSearch: readClassesSearch,
  component: page(() => import('./classes/classes-page.tsx'), 'ClassesPage'),
})

const printClasses = createRoute({
  getParentRoute: () => school,
  path: '/classes/print',
  validateSearch: readClassesSearch,
  component: page(() => import('./classes/classes-page.tsx'), 'ClassesPage'),
})

const newClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/new',
  component: page(() => import('./classes/class-form-screens.tsx'), 'NewClassPage'),
})

const oneClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id',
  component: page(() => import('./pages/class-page.tsx'), 'ClassPage'),
})

const editClass = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/edit',
  component: page(() => import('./classes/class-form-screens.tsx'), 'EditClassPage'),
})

const printRoster = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/print',
  validateSearch: readRosterSearch,
  component: page(() => import('./pages/print-roster-page.tsx'), 'PrintRosterPage'),
})

const editMeetings = createRoute({
  getParentRoute: () => school,
  path: '/classes/$id/meetings',
  component: page(() => import('./meetings/edit-meetings-page.tsx'), 'EditMeetingsPage'),
})

const timetable = createRoute({
  getParentRoute: () => school,
  path: '/timetable',
  validateSearch: readTimetableSearch,
  component: page(() => import('./meetings/timetable-page.tsx'), 'TimetablePage'),
})

const history = createRoute({
  getParentRoute: () => school,
  path: '/history',
  validateSearch: readHistorySearch,
  component: page(() => import('./history/history-page.tsx'), 'HistoryPage'),
})

const account = createRoute({
  getParentRoute: () => school,
  path: '/account',
  component: page(() => import('./auth/account-page.tsx'), 'AccountPage'),
})

const members = createRoute({
  getParentRoute: () => school,
  path: '/members',
  validateSearch: ({ shown }: Record<string, unknown>): { shown?: 'removed' } => (shown === 'removed' ? { shown } : {}),
  component: page(() => import('./members/members-page.tsx'), 'MembersPage'),
})

const newMember = createRoute({
  getParentRoute: () => school,
  path: '/members/new',
  component: page(() => import('./members/invite-page.tsx'), 'InvitePage'),
})

const member = createRoute({
  getParentRoute: () => school,
  path: '/members/$id',
  component: page(() => import('./members/member-page.tsx'), 'MemberPage'),
})

const system = createRoute({
  getParentRoute: () => school,
  path: '/system',
  component: page(() => import('./system/system-page.tsx'), 'SystemPage'),
})

/** Where many of a kind are pasted from a spreadsheet. */
const pasteRoute = <Path extends ListPath>(path: Path, load: Load<'PastePage'>) =>
  createRoute({
    getParentRoute: () => school,
    path: `/${path}/paste`,
    component: lazyRouteComponent(load, 'PastePage'),
  })

/** The pages of a kind of record: /rooms, also on paper, /rooms/new, /rooms/paste, /rooms/$id and /rooms/$id/edit. */
function recordRoutes<E extends ListedEntity>(entity: E) {
  const below = { getParentRoute: () => school }
  const { path } = recordKinds[entity]
  const { screens, forms }: Required<Pick<ShownKind, 'screens' | 'forms'>> = shownKinds[entity]
  return [
    createRoute({
      ...below,
      path: `/${path}`,
      validateSearch: readRecordsSearch,
      component: lazyRouteComponent(screens, 'ListPage'),
    }),
    createRoute({
      ...below,
      path: `/${path}/print`,
      validateSearch: readRecordsSearch,
      component: lazyRouteComponent(screens, 'ListPage'),
    }),
    pasteRoute(path, forms),
    createRoute({
      ...below,
      path: `/${path}/new`,
      validateSearch: readNewRecordSearch,
      component: lazyRouteComponent(forms, 'NewPage'),
    }),
    createRoute({ ...below, path: `/${path}/$id`, component: lazyRouteComponent(screens, 'RecordPage') }),
    createRoute({ ...below, path: `/${path}/$id/edit`, component: lazyRouteComponent(forms, 'EditPage') }),
  ] as const
}
const isListed = (entity: RecordEntity): entity is ListedEntity => 'screens' in shownKinds[entity]
const recordPages = shownEntities.filter(isListed).flatMap((entity) => recordRoutes(entity))

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
      pasteRoute('students', shownKinds.student.paste),
      student,
      editStudent,
      duplicates,
      merge,
      classes,
      printClasses,
      newClass,
      pasteRoute('classes', shownKinds.class.paste),
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
      system,
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
