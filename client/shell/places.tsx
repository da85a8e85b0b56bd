import IconGuardians from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs'
import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs'
import IconWeek from '@tabler/icons-react/dist/esm/icons/IconCalendarWeek.mjs'
import IconInstructors from '@tabler/icons-react/dist/esm/icons/IconChalkboard.mjs'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconHome from '@tabler/icons-react/dist/esm/icons/IconHome.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Permission } from '../../server/access.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { SchoolMembership } from '../session.ts'
import { may } from '../session.ts'
import { CurrentTerm } from './current-term.tsx'

/** Where people work every day. */
export const places = [
  { to: '/$school/home', word: 'home', icon: IconHome, permission: 'home.read' },
  { to: '/$school/students', word: 'students', icon: IconUsers, permission: 'student.read' },
  { to: '/$school/guardians', word: 'guardians', icon: IconGuardians, permission: 'guardian.read' },
  { to: '/$school/classes', word: 'classes', icon: IconBook, permission: 'class.read' },
  { to: '/$school/instructors', word: 'instructors', icon: IconInstructors, permission: 'instructor.read' },
  { to: '/$school/history', word: 'history', icon: IconHistory, permission: 'journal.read' },
] as const satisfies readonly { permission: Permission; [more: string]: unknown }[]

/** What the rest is built on: set up once, then seldom opened. */
export const foundations = [
  { to: '/$school/terms', word: 'terms', permission: 'academicSession.read' },
  { to: '/$school/courses', word: 'courses', permission: 'course.read' },
  { to: '/$school/rooms', word: 'rooms', permission: 'room.read' },
  { to: '/$school/departments', word: 'departments', permission: 'department.read' },
  { to: '/$school/programs', word: 'programs', permission: 'program.read' },
  { to: '/$school/members', word: 'members', permission: 'member.read' },
  { to: '/$school/system', word: 'system', permission: 'system.read' },
] as const satisfies readonly { permission: Permission; [more: string]: unknown }[]

/** Which of the instructors one is, for whoever teaches here: the office looks weeks up where it works. */
export const ownInstructor = ({ role, instructorId }: SchoolMembership): string | null =>
  role === 'instructor' ? instructorId : null

/** The week of whoever teaches here; chosen whatever week of it is open, and no other's. */
function MyWeek({ onGo }: { onGo: (() => void) | undefined }) {
  const { shell } = useMessages()
  const school = useSchool()
  const id = ownInstructor(school)
  if (!id) return null
  return (
    <li>
      <Link
        to="/$school/timetable"
        params={{ school: school.slug }}
        search={{ of: 'instructor', id }}
        className="place"
        activeProps={{ 'aria-current': 'page' }}
        {...(onGo && { onClick: onGo })}
      >
        <IconWeek size={18} stroke={1.6} aria-hidden />
        {shell.myWeek}
      </Link>
    </li>
  )
}

type Place = ((typeof places)[number] | (typeof foundations)[number]) & { icon?: typeof IconBook }

function PlacesList({ of, onGo, label }: { of: readonly Place[]; onGo: (() => void) | undefined; label?: string }) {
  const { shell } = useMessages()
  const school = useSchool()
  const mine = of.filter(({ permission }) => may(school, permission))
  if (!mine.length) return null
  return (
    <>
      {label && <p className="places-label">{label}</p>}
      <ul className="places-list" {...(label && { 'aria-label': label })}>
        {mine.map(({ to, word, icon: Icon }) => (
          <Fragment key={to}>
            <li>
              <Link
                to={to}
                params={{ school: school.slug }}
                className="place"
                activeProps={{ 'aria-current': 'page' }}
                activeOptions={{ includeSearch: false }}
                {...(onGo && { onClick: onGo })}
              >
                {Icon && <Icon size={18} stroke={1.6} aria-hidden />}
                {shell[word]}
              </Link>
            </li>
            {word === 'home' && <MyWeek onGo={onGo} />}
          </Fragment>
        ))}
      </ul>
    </>
  )
}

/** The places this role works in. */
export function Places({ onGo }: { onGo?: () => void }) {
  const { shell } = useMessages()
  return (
    <>
      <CurrentTerm />
      <PlacesList of={places} onGo={onGo} />
      <PlacesList of={foundations} onGo={onGo} label={shell.setUp} />
    </>
  )
}
