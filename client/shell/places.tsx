import IconGuardians from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs'
import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs'
import IconWeek from '@tabler/icons-react/dist/esm/icons/IconCalendarWeek.mjs'
import IconInstructors from '@tabler/icons-react/dist/esm/icons/IconChalkboard.mjs'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconHome from '@tabler/icons-react/dist/esm/icons/IconHome.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { ListPath, RecordEntity } from '../../db/values.ts'
import { recordKinds } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import { shownEntities } from '../kinds.ts'
import type { Messages } from '../messages/catalog.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { SchoolMembership } from '../session.ts'
import { may } from '../session.ts'
import { CurrentTerm } from './current-term.tsx'

export interface Place {
  to: `/$school/${'home' | 'history' | 'members' | 'system' | ListPath}`
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
  { to: '/$school/history', label: ({ shell }) => shell.history, icon: IconHistory, permission: 'journal.read' },
]
/** What the rest is built on. */
export const foundations: readonly Place[] = [
  ...shownEntities.filter((entity) => !daily[entity]).map(placeOf),
  { to: '/$school/members', label: ({ shell }) => shell.members, permission: 'member.read' },
  { to: '/$school/system', label: ({ shell }) => shell.system, permission: 'system.read' },
]

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

function PlacesList({ of, onGo, label }: { of: readonly Place[]; onGo: (() => void) | undefined; label?: string }) {
  const messages = useMessages()
  const school = useSchool()
  const mine = of.filter(({ permission }) => may(school, permission))
  if (!mine.length) return null
  return (
    <>
      {label && <p className="places-label">{label}</p>}
      <ul className="places-list" {...(label && { 'aria-label': label })}>
        {mine.map(({ to, label: labelIn, icon: Icon }) => (
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
                {labelIn(messages)}
              </Link>
            </li>
            {to === '/$school/home' && <MyWeek onGo={onGo} />}
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
