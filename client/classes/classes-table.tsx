import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Messages } from '../messages/en.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Status } from '../ui/status.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { useClassList } from './classes-page.tsx'

type ClassRow = Outputs['classes']['list']['rows'][number]

export const instructorNames = (instructors: readonly { givenName: string; familyName: string }[]): string =>
  instructors.map(({ givenName, familyName }) => `${givenName} ${familyName}`).join(', ')

const ClassLink = ({ row, link }: { row: ClassRow; link: RowLinkProps }) => {
  const { slug } = useSchool()
  return (
    <Link {...link} className="row-link" to="/$school/classes/$id" params={{ school: slug, id: row.id }}>
      {row.title}
    </Link>
  )
}

/** '12 of 30', and said when no seat is left. */
export function Seats({ taken, capacity }: Pick<ClassRow, 'taken' | 'capacity'>) {
  const { classes } = useMessages()
  const isFull = capacity !== null && taken >= capacity
  return (
    <>
      {classes.seats(taken, capacity)}
      {isFull && (
        <span className="second">
          <Status tone="warn">{classes.isFull}</Status>
        </span>
      )}
    </>
  )
}

const NarrowRow = ({ row, link }: { row: ClassRow; link: RowLinkProps }) => (
  <>
    <ClassLink row={row} link={link} />
    <span className="under">
      <span>
        <Seats {...row} />
      </span>
      <span>{instructorNames(row.instructors) || row.code}</span>
    </span>
  </>
)

const columnsFor = ({ classes: { columns } }: Messages): Column<ClassRow>[] => [
  { id: 'title', header: columns.title, width: 280, cell: (row, link) => <ClassLink row={row} link={link} /> },
  { id: 'code', header: columns.code, width: 150, cell: ({ code }) => <span className="dim">{code}</span> },
  {
    id: 'instructors',
    header: columns.instructors,
    width: 240,
    cell: ({ instructors }) => instructorNames(instructors),
  },
  { id: 'seats', header: columns.seats, width: 128, cell: (row) => <Seats {...row} /> },
  { id: 'room', header: columns.room, width: 120, from: 900, cell: ({ roomName }) => roomName },
  {
    id: 'course',
    header: columns.course,
    from: 1050,
    cell: ({ courseTitle }) => courseTitle,
  },
]

export function ClassesTable({ list, count, search }: ReturnType<typeof useClassList> & { search: string }) {
  const messages = useMessages()
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return (
    <VirtualTable
      label={messages.classes.table}
      columns={columnsFor(messages)}
      rows={rows}
      total={count.isPlaceholderData ? undefined : count.data}
      hasMore={list.hasNextPage}
      isBusy={list.isFetching}
      keyOf={({ id }) => id}
      narrow={isNarrow ? (row, link) => <NarrowRow row={row} link={link} /> : undefined}
      onNearEnd={list.fetchNextPage}
      scrollKey={`${slug} classes ${search}`}
    />
  )
}
