/** The places that a school's screens are in: the menu and the palette lead to them. */
import IconGuardians from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs'
import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs'
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs'
import IconInstructors from '@tabler/icons-react/dist/esm/icons/IconChalkboard.mjs'
import IconFree from '@tabler/icons-react/dist/esm/icons/IconDoor.mjs'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconHome from '@tabler/icons-react/dist/esm/icons/IconHome.mjs'
import IconTimetable from '@tabler/icons-react/dist/esm/icons/IconTable.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import type { ListPath, RecordEntity } from '../db/values.ts'
import { recordKinds } from '../db/values.ts'
import type { Permission } from '../server/access.ts'
import { shownEntities } from './kinds.ts'
import type { Messages } from './messages/catalog.ts'
import type { SchoolMembership } from './session.ts'

export interface Place {
  to: `/$school/${'home' | 'master-timetable' | 'free' | 'calendar' | 'history' | 'imports' | 'members' | 'settings' | 'system' | ListPath}`
  permission: Permission
  label(messages: Messages): string
  icon?: typeof IconBook | undefined
}

/** The kinds that people work with every day. The others are set up once, then seldom opened. */
const daily: Partial<Record<RecordEntity, typeof IconBook>> = {
  student: IconUsers,
  guardian: IconGuardians,
  class: IconBook,
  instructor: IconInstructors,
}
const placeOf = (entity: RecordEntity): Place => ({
  to: `/$school/${recordKinds[entity].path}`,
  permission: `${entity}.read`,
  label: ({ kinds }) => kinds[entity].title,
  icon: daily[entity],
})

export const places: readonly Place[] = [
  { to: '/$school/home', label: ({ shell }) => shell.home, icon: IconHome, permission: 'home.read' },
  ...shownEntities.filter((entity) => daily[entity]).map(placeOf),
  {
    to: '/$school/master-timetable',
    label: ({ shell }) => shell.masterTimetable,
    icon: IconTimetable,
    permission: 'timetable.read',
  },
  { to: '/$school/free', label: ({ shell }) => shell.free, icon: IconFree, permission: 'timetable.read' },
  { to: '/$school/calendar', label: ({ shell }) => shell.calendar, icon: IconCalendar, permission: 'calendar.read' },
  { to: '/$school/history', label: ({ shell }) => shell.history, icon: IconHistory, permission: 'journal.read' },
]
/** What the rest is built on. */
export const foundations: readonly Place[] = [
  ...shownEntities.filter((entity) => !daily[entity]).map(placeOf),
  { to: '/$school/imports', label: ({ shell }) => shell.imports, permission: 'import.run' },
  { to: '/$school/settings', label: ({ shell }) => shell.settings, permission: 'school.read' },
  { to: '/$school/members', label: ({ shell }) => shell.members, permission: 'member.read' },
  { to: '/$school/system', label: ({ shell }) => shell.system, permission: 'system.read' },
]

/** Which of the instructors one is, for whoever teaches here: the office looks weeks up where it works. */
export const ownInstructor = ({ role, instructorId }: SchoolMembership): string | null =>
  role === 'instructor' ? instructorId : null
