import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import { Link } from '@tanstack/react-router'
import type { Permission } from '../../server/access.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { may } from '../session.ts'
import { CurrentTerm } from './current-term.tsx'

const places = [
  { to: '/$school/students', word: 'students', icon: IconUsers, permission: 'student.read' },
  { to: '/$school/classes', word: 'classes', icon: IconBook, permission: 'class.read' },
] as const satisfies readonly { permission: Permission; [more: string]: unknown }[]

/** The places this role works in. */
export function Places({ onGo }: { onGo?: () => void }) {
  const { shell } = useMessages()
  const school = useSchool()
  return (
    <>
      <CurrentTerm />
      <ul className="places-list">
        {places
          .filter(({ permission }) => may(school, permission))
          .map(({ to, word, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                params={{ school: school.slug }}
                className="place"
                activeProps={{ 'aria-current': 'page' }}
                activeOptions={{ includeSearch: false }}
                {...(onGo && { onClick: onGo })}
              >
                <Icon size={18} stroke={1.6} aria-hidden />
                {shell[word]}
              </Link>
            </li>
          ))}
      </ul>
    </>
  )
}
