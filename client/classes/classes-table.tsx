import { Link } from '@tanstack/react-router'
import type { ListColumn } from '../lists/list-columns.ts'
import { shownColumns } from '../lists/list-columns.ts'
import type { Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { instructorNames } from '../people.ts'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column, VirtualTableProps } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import { Seats } from './class-seats.tsx'
import { classListWords } from './class-words.ts'
import type { useClassList } from './use-class-list.ts'

export type ClassRow = Outputs['classes']['list']['rows'][number]

const ClassLink = ({ row, link }: { row: ClassRow; link: RowLinkProps }) => {
  const { slug } = useSchool()
  return (
    <Link {...link} className="row-link" to="/$school/classes/$id" params={{ school: slug, id: row.id }}>
      {row.title}
    </Link>
  )
}

const NarrowRow = ({ row, link }: { row: ClassRow; link: RowLinkProps }) => (
  <>
    <ClassLink row={row} link={link} />
    <span className="under">
      <span>
        <Seats {...row} />
      </span>
      {row.code && <span>{row.code}</span>}
      <span>{instructorNames(row.instructors)}</span>
    </span>
  </>
)

/** All the columns of the list, the title first. */
export function classColumns(words: Words['classes']): (Omit<ListColumn<ClassRow>, 'cell'> & Column<ClassRow>)[] {
  const { columns } = words
  return [
    {
      id: 'title',
      header: columns.title,
      width: 280,
      text: ({ title }) => title,
      cell: (row, link) => <ClassLink row={row} link={link} />,
    },
    {
      id: 'code',
      header: columns.code,
      width: 150,
      text: ({ code }) => code ?? '',
      cell: ({ code }) => <span className="dim">{code}</span>,
    },
    {
      id: 'instructors',
      header: columns.instructors,
      width: 240,
      text: ({ instructors }) => instructorNames(instructors),
      cell: ({ instructors }) => instructorNames(instructors),
    },
    {
      id: 'seats',
      header: columns.seats,
      width: 128,
      text: ({ taken, capacity }) => words.seats(taken, capacity),
      cell: (row) => <Seats {...row} />,
    },
    {
      id: 'room',
      header: columns.room,
      width: 120,
      from: 900,
      text: ({ roomName }) => roomName ?? '',
      cell: ({ roomName }) => roomName,
    },
    {
      id: 'course',
      header: columns.course,
      from: 1050,
      width: 240,
      text: ({ courseTitle }) => courseTitle ?? '',
      cell: ({ courseTitle }) => courseTitle,
    },
  ]
}

interface ClassesTableProps extends ReturnType<typeof useClassList> {
  /** Where the list was scrolled to is remembered under this name. */
  name: string
  /** Which columns, as the address says it. */
  cols: string | undefined
  choosing: Pick<VirtualTableProps<ClassRow>, 'choice' | 'onHold'>
}

export function ClassesTable({ list, count, rows, name, cols, choosing }: ClassesTableProps) {
  const words = useWords(classListWords)
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  return (
    <VirtualTable
      label={words.table}
      columns={shownColumns(classColumns(words), cols)}
      rows={rows}
      total={count.isPlaceholderData ? undefined : count.data}
      hasMore={list.hasNextPage}
      isBusy={list.isFetching}
      keyOf={({ id }) => id}
      narrow={isNarrow ? (row, link) => <NarrowRow row={row} link={link} /> : undefined}
      onNearEnd={list.fetchNextPage}
      scrollKey={`${slug} ${name}`}
      {...choosing}
    />
  )
}
