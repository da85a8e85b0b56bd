import IconWeek from '@tabler/icons-react/dist/esm/icons/IconCalendarWeek.mjs'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useMessages } from '../messages/messages.tsx'
import type { Place } from '../places.ts'
import { foundations, ownInstructor, places } from '../places.ts'
import { useSchool } from '../school.tsx'
import { may } from '../session.ts'
import { CurrentTerm } from './current-term.tsx'

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
