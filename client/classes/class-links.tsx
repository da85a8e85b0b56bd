import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sentenceOf } from '../errors.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { instructorNames } from '../people.ts'
import { recordWords } from '../records/record-words.ts'
import { useSchool, useTrpc } from '../school.tsx'
import type { Inputs, Outputs } from '../trpc.ts'
import { Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'

type ClassRow = Outputs['classes']['list']['rows'][number]

interface ClassLinksProps {
  filter: Pick<Inputs['classes']['list'], 'courseId' | 'roomId' | 'instructorId' | 'academicSessionId'>
  none: string
  children?: ReactNode
}

const limit = 50

function ClassTable({ rows }: { rows: readonly ClassRow[] }) {
  const { classes: words } = useWords(recordWords)
  const { slug } = useSchool()
  const columns: PageColumn<ClassRow>[] = [
    {
      header: words.columns.title,
      cell: ({ id, title }) => (
        <Link to="/$school/classes/$id" params={{ school: slug, id }} className="row-link">
          {title}
        </Link>
      ),
    },
    { header: words.columns.code, width: 110, isDim: true, cell: ({ code }) => code },
    {
      header: words.columns.instructors,
      width: 180,
      isRoomy: true,
      cell: ({ instructors }) => instructorNames(instructors),
    },
    { header: words.columns.seats, width: 90, cell: ({ taken, capacity }) => words.seats(taken, capacity) },
  ]
  return <PageTable label={words.title} columns={columns} rows={rows} />
}

/** The classes that hang on a record, with who teaches them and how full they are. */
export function ClassLinks({ filter, none, children }: ClassLinksProps) {
  const messages = useMessages()
  const formats = useFormats()
  const { classes: words, list: shared } = useWords(recordWords)
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.classes.list.queryOptions({ ...filter, limit }))
  const { data: count = 0 } = useQuery(trpc.classes.count.queryOptions(filter))
  const rest = data?.next ? count - data.rows.length : 0
  const aside = count > 0 && <span className="dim count">{formats.number(count)}</span>
  return (
    <Section title={words.title} aside={aside}>
      {error && !data && <p className="dim">{sentenceOf(error, messages)}</p>}
      {!data && !error && <Waiting lines={3} />}
      {data?.rows.length === 0 && <p className="dim">{none}</p>}
      {data && data.rows.length > 0 && <ClassTable rows={data.rows} />}
      {rest > 0 && <p className="dim rest">{shared.more(rest)}</p>}
      {children}
    </Section>
  )
}
