import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { Section } from '../ui/page.tsx'
import { recordWords } from './record-words.ts'
import './records.css'

interface LinkedRecordsProps {
  title: string
  /** Their kind's segment in the address. */
  path: ListPath
  rows: readonly { id: string; name: string; second?: ReactNode }[]
  none: string
  children?: ReactNode
}

const shownAtMost = 50

/** What hangs on a record, each a way to its own page. */
export function LinkedRecords({ title, path, rows, none, children }: LinkedRecordsProps) {
  const { slug } = useSchool()
  const formats = useFormats()
  const { list: words } = useWords(recordWords)
  return (
    <Section title={title} aside={rows.length > 0 && <span className="dim count">{formats.number(rows.length)}</span>}>
      {rows.length === 0 && <p className="dim">{none}</p>}
      <ul className="linked">
        {rows.slice(0, shownAtMost).map(({ id, name, second }) => (
          <li key={id}>
            <Link to={addressOf({ path }, '/$id')} params={{ school: slug, id }}>
              {name}
            </Link>
            {second && <span className="dim">{second}</span>}
          </li>
        ))}
      </ul>
      {rows.length > shownAtMost && <p className="dim">{words.more(rows.length - shownAtMost)}</p>}
      {children}
    </Section>
  )
}
