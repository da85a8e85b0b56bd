import type { ListColumn } from '../lists/list-columns.ts'
import type { Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { instructorNames } from '../people.ts'
import { RecordsPage } from '../records/records-page.tsx'
import { usePages } from '../records/use-pages.ts'
import { useRecordsSearch } from '../records/use-records-search.ts'
import type { Outputs } from '../trpc.ts'
import { useClassChanges } from './class-changes.ts'
import { classKind } from './class-kind.ts'
import { Seats } from './class-seats.tsx'
import { classListWords } from './class-words.ts'
import { ClassesEmpty } from './classes-empty.tsx'
import { useClassFiltering, useFilterWords } from './classes-filters.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { classesInput } from './classes-search.ts'
import { useShownTerm } from './use-shown-term.ts'

type ClassRow = Outputs['classes']['list']['rows'][number]

const columnsFor = ({ columns: heads, seats }: Words['classes']): ListColumn<ClassRow>[] => [
  { id: 'title', header: heads.title, width: 280, text: ({ title }) => title },
  {
    id: 'code',
    header: heads.code,
    width: 150,
    text: ({ code }) => code,
    cell: ({ code }) => <span className="dim">{code}</span>,
  },
  {
    id: 'instructors',
    header: heads.instructors,
    width: 240,
    text: ({ instructors }) => instructorNames(instructors),
  },
  {
    id: 'seats',
    header: heads.seats,
    width: 128,
    text: ({ taken, capacity }) => seats(taken, capacity),
    file: ({ capacity }) => String(capacity ?? ''),
    cell: (row) => <Seats {...row} />,
  },
  { id: 'room', header: heads.room, width: 120, from: 900, text: ({ roomName }) => roomName },
  { id: 'course', header: heads.course, width: 240, from: 1050, text: ({ courseTitle }) => courseTitle },
  { id: 'taken', header: heads.taken, width: 110, isExtra: true, text: ({ taken }) => String(taken) },
]

export const useColumns = (): ListColumn<ClassRow>[] => columnsFor(useWords(classListWords))

const under = (row: ClassRow) => (
  <>
    <span>
      <Seats {...row} />
    </span>
    {row.code && <span>{row.code}</span>}
    <span>{instructorNames(row.instructors)}</span>
  </>
)

export function ClassesPage() {
  const words = useWords(classListWords)
  const search: ClassesSearch = useRecordsSearch()
  const term = useShownTerm(search)
  const listed = usePages<ClassRow>(classKind, {
    filter: classesInput(search, term.shown),
    limit: 100,
    isReady: term.isKnown,
  })
  const look = {
    kind: classKind,
    words,
    columns: useColumns(),
    under,
    filtering: useClassFiltering(search, term),
    facts: useFilterWords(search, ''),
    term: term.shown ? term.title : words.allTerms,
    none: <ClassesEmpty search={search} term={term.shown ? term.title : ''} />,
    useChanges: useClassChanges,
  }
  return <RecordsPage look={look} listed={listed} />
}
