/** Every address of the screens inside a school, and the router of them all. */
import type { RouteComponent } from '@tanstack/react-router'
import { createRoute, createRouter, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import type { ListPath, RecordEntity } from '../db/values.ts'
import { recordKinds } from '../db/values.ts'
import type { Permission } from '../server/access.ts'
import { parseSearch, stringifySearch } from './address-search.ts'
import { readCalendarSearch } from './calendar/calendar-search.ts'
import { readClassesSearch } from './classes/classes-search.ts'
import { front, join, root, setup, signIn } from './door-routes.ts'
import { drafts } from './drafts/drafts.ts'
import { forRole } from './for-role.tsx'
import { readHelpSearch } from './help/help-search.ts'
import { readHistorySearch } from './history/history-search.ts'
import type { ListedEntity, Load, ShownKind } from './kinds.ts'
import { shownEntities, shownKinds } from './kinds.ts'
import { readFreeSearch, readMasterSearch } from './meetings/master-search.ts'
import { readTimetableSearch } from './meetings/timetable-search.ts'
import { languageFor, speak } from './messages/languages.ts'
import { readRosterSearch } from './pages/roster-search.ts'
import { page } from './part.ts'
import { readNewRecordSearch, readRecordsSearch } from './records/records-search.ts'
import { StartingPage } from './root-frame.tsx'
import { SchoolFrame } from './school-frame.tsx'
import { onRightsChange, rememberSchool } from './session.ts'
import { readStudentsSearch } from './students/students-search.ts'
import { routedAddress, shownAddress } from './typed-address.ts'

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

/** What the routes of the screens inside a school have in common; who may open it, where not everybody may. */
const at =
  <Path extends string>(path: Path, permission?: Permission) =>
  (component: RouteComponent) => ({
    getParentRoute: () => school,
    path,
    component: permission ? forRole(permission, component) : component,
  })

const home = createRoute(at('/home')(page(() => import('./home/home-page.tsx'), 'HomePage')))
const students = createRoute({
  ...at('/students')(page(() => import('./students/students-page.tsx'), 'StudentsPage')),
  validateSearch: readStudentsSearch,
})
const printStudents = createRoute({
  ...at('/students/print')(page(() => import('./students/students-page.tsx'), 'StudentsPage')),
  validateSearch: readStudentsSearch,
})
const newStudent = createRoute(
  at('/students/new', 'student.write')(page(() => import('./students/new-student-page.tsx'), 'NewStudentPage')),
)
const student = createRoute(at('/students/$id')(page(() => import('./pages/student-page.tsx'), 'StudentPage')))
const editStudent = createRoute(
  at('/students/$id/edit', 'student.write')(page(() => import('./students/edit-student-page.tsx'), 'EditStudentPage')),
)
const duplicates = createRoute(
  at('/students/duplicates', 'student.merge')(page(() => import('./merge/duplicates-page.tsx'), 'DuplicatesPage')),
)
const merge = createRoute(
  at('/students/$id/merge/$intoId', 'student.merge')(page(() => import('./merge/merge-page.tsx'), 'MergePage')),
)
const classes = createRoute({
  ...at('/classes')(page(() => import('./classes/classes-page.tsx'), 'ClassesPage')),
  validateSearch: readClassesSearch,
})
const printClasses = createRoute({
  ...at('/classes/print')(page(() => import('./classes/classes-page.tsx'), 'ClassesPage')),
  validateSearch: readClassesSearch,
})
const newClass = createRoute(
  at('/classes/new', 'class.write')(page(() => import('./classes/class-form-screens.tsx'), 'NewClassPage')),
)
const oneClass = createRoute(at('/classes/$id')(page(() => import('./pages/class-page.tsx'), 'ClassPage')))
const editClass = createRoute(
  at('/classes/$id/edit', 'class.write')(page(() => import('./pages/edit-class-page.tsx'), 'EditClassPage')),
)
const printRoster = createRoute({
  ...at('/classes/$id/print')(page(() => import('./pages/print-roster-page.tsx'), 'PrintRosterPage')),
  validateSearch: readRosterSearch,
})
const classEmergency = createRoute(
  at(
    '/classes/$id/emergency',
    'guardian.read',
  )(page(() => import('./contacts/emergency-page.tsx'), 'ClassEmergencyPage')),
)
const classLabels = createRoute(
  at('/classes/$id/labels', 'guardian.read')(page(() => import('./contacts/labels-page.tsx'), 'ClassLabelsPage')),
)
const studentsEmergency = createRoute({
  ...at(
    '/students/emergency',
    'guardian.read',
  )(page(() => import('./contacts/emergency-page.tsx'), 'StudentsEmergencyPage')),
  validateSearch: readStudentsSearch,
})
const studentsLabels = createRoute({
  ...at('/students/labels', 'guardian.read')(page(() => import('./contacts/labels-page.tsx'), 'StudentsLabelsPage')),
  validateSearch: readStudentsSearch,
})
const photoSheet = createRoute(
  at('/classes/$id/photos')(page(() => import('./photos/photo-sheet-page.tsx'), 'PhotoSheetPage')),
)
const editMeetings = createRoute(
  at(
    '/classes/$id/meetings',
    'meeting.write',
  )(page(() => import('./meetings/edit-meetings-page.tsx'), 'EditMeetingsPage')),
)
const timetable = createRoute({
  ...at('/timetable')(page(() => import('./meetings/timetable-page.tsx'), 'TimetablePage')),
  validateSearch: readTimetableSearch,
})
const masterTimetable = createRoute({
  ...at('/master-timetable', 'timetable.read')(page(() => import('./meetings/master-page.tsx'), 'MasterPage')),
  validateSearch: readMasterSearch,
})
const free = createRoute({
  ...at('/free', 'timetable.read')(page(() => import('./meetings/free-page.tsx'), 'FreePage')),
  validateSearch: readFreeSearch,
})
const calendar = createRoute({
  ...at('/calendar', 'calendar.read')(page(() => import('./calendar/calendar-page.tsx'), 'CalendarPage')),
  validateSearch: readCalendarSearch,
})
const year = createRoute(
  at('/calendar/year', 'calendar.write')(page(() => import('./calendar/lay-out-page.tsx'), 'LayOutPage')),
)
const bells = createRoute(
  at('/calendar/bells', 'calendar.write')(page(() => import('./calendar/bells-page.tsx'), 'BellsPage')),
)
const history = createRoute({
  ...at('/history', 'journal.read')(page(() => import('./history/history-page.tsx'), 'HistoryPage')),
  validateSearch: readHistorySearch,
})
const help = createRoute({
  ...at('/help')(page(() => import('./help/help-page.tsx'), 'HelpPage')),
  validateSearch: readHelpSearch,
})
const imports = createRoute(
  at('/imports', 'import.run')(page(() => import('./imports/imports-page.tsx'), 'ImportsPage')),
)
const oneImport = createRoute(
  at('/imports/$id', 'import.run')(page(() => import('./imports/import-page.tsx'), 'ImportPage')),
)
const account = createRoute(at('/account')(page(() => import('./auth/account-page.tsx'), 'AccountPage')))
const members = createRoute({
  ...at('/members', 'member.read')(page(() => import('./members/members-page.tsx'), 'MembersPage')),
  validateSearch: ({ shown }: Record<string, unknown>): { shown?: 'removed' } => (shown === 'removed' ? { shown } : {}),
})
const newMember = createRoute(
  at('/members/new', 'member.write')(page(() => import('./members/invite-page.tsx'), 'InvitePage')),
)
const memberApps = createRoute(
  at('/members/apps', 'member.read')(page(() => import('./api-tokens/apps-page.tsx'), 'AppsPage')),
)
const memberWebhooks = createRoute(
  at('/members/webhooks', 'webhook.read')(page(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage')),
)
const member = createRoute(
  at('/members/$id', 'member.read')(page(() => import('./members/member-page.tsx'), 'MemberPage')),
)
const settings = createRoute(
  at('/settings', 'school.read')(page(() => import('./schools/settings-page.tsx'), 'SettingsPage')),
)
const system = createRoute(at('/system', 'system.read')(page(() => import('./system/system-page.tsx'), 'SystemPage')))
const flags = createRoute(at('/system/flags', 'flag.read')(page(() => import('./flags/flags-page.tsx'), 'FlagsPage')))
const flag = createRoute(at('/system/flags/$key', 'flag.read')(page(() => import('./flags/flag-page.tsx'), 'FlagPage')))
const move = createRoute(at('/system/move', 'system.move')(page(() => import('./moves/move-page.tsx'), 'MovePage')))

/** Where many of a kind are pasted from a spreadsheet. */
const pasteRoute = <Path extends ListPath>(path: Path, permission: Permission, load: Load<'PastePage'>) =>
  createRoute(at(`/${path}/paste`, permission)(lazyRouteComponent(load, 'PastePage')))

/** The pages of a kind of record: /rooms, also on paper, /rooms/new, /rooms/paste, /rooms/$id and /rooms/$id/edit. */
function recordRoutes<E extends ListedEntity>(entity: E) {
  const { path } = recordKinds[entity]
  const { screens, forms }: Required<Pick<ShownKind, 'screens' | 'forms'>> = shownKinds[entity]
  const list = lazyRouteComponent(screens, 'ListPage')
  const [read, write] = [`${entity}.read`, `${entity}.write`] as const
  return [
    createRoute({ ...at(`/${path}`, read)(list), validateSearch: readRecordsSearch }),
    createRoute({ ...at(`/${path}/print`, read)(list), validateSearch: readRecordsSearch }),
    pasteRoute(path, write, forms),
    createRoute({
      ...at(`/${path}/new`, write)(lazyRouteComponent(forms, 'NewPage')),
      validateSearch: readNewRecordSearch,
    }),
    createRoute(at(`/${path}/$id`, read)(lazyRouteComponent(screens, 'RecordPage'))),
    createRoute(at(`/${path}/$id/edit`, write)(lazyRouteComponent(forms, 'EditPage'))),
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
      pasteRoute('students', 'student.write', shownKinds.student.paste),
      student,
      editStudent,
      duplicates,
      merge,
      classes,
      printClasses,
      newClass,
      pasteRoute('classes', 'class.write', shownKinds.class.paste),
      oneClass,
      editClass,
      printRoster,
      photoSheet,
      classEmergency,
      classLabels,
      studentsEmergency,
      studentsLabels,
      editMeetings,
      timetable,
      masterTimetable,
      free,
      calendar,
      year,
      bells,
      ...recordPages,
      history,
      help,
      imports,
      oneImport,
      account,
      members,
      newMember,
      memberApps,
      memberWebhooks,
      member,
      settings,
      system,
      flags,
      flag,
      move,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  rewrite: { input: ({ url }) => routedAddress(url), output: ({ url }) => shownAddress(url) },
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
    /** The ids of students who were chosen on the page before. */
    chosenStudents?: readonly string[]
  }
}
