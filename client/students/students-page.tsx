import type { Query } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { shownKinds } from '../kinds.ts'
import { useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import type { OpenProps } from '../records/list-look.ts'
import { NoRecords } from '../records/no-records.tsx'
import { RecordsPage } from '../records/records-page.tsx'
import { usePages } from '../records/use-pages.ts'
import { useRecordsSearch } from '../records/use-records-search.ts'
import { isLong } from '../refresh/long-lists.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { useGoingBack } from '../use-going-back.ts'
import { useStudentChanges } from './student-changes.ts'
import { studentKind } from './student-kind.ts'
import type { StudentRow } from './student-queries.ts'
import { studentListWords } from './student-words.ts'
import { StudentState, useStudentColumns } from './students-columns.tsx'
import { useFilterWords, useStudentFiltering } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import { countInput, isFiltered, noFilters, orderInput } from './students-search.ts'
import { useGrades } from './use-grades.ts'

const StudentPanel = lazy(shownKinds.student.panel)
const StudentManyActions = lazy(shownKinds.student.manyActions)

/** Closing undoes the opening, so that Back never opens the same record again. */
function useClosing() {
  const navigate = useNavigate({ from: '/$school/students' })
  return useGoingBack(
    useCallback(
      () => void navigate({ search: (before) => ({ ...before, student: undefined }), replace: true }),
      [navigate],
    ),
  )
}

/** Escape closes from the list too, and the focus goes back to the row it came from. */
function useReturnToRow(isOpen: boolean, close: () => void) {
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body)
      document.querySelector<HTMLElement>('.scroller [data-row][tabindex="0"]')?.focus({ preventScroll: true })
    wasOpen.current = isOpen
    if (!isOpen) return
    const closeByKey = ({ key, target }: KeyboardEvent) => {
      if (key === 'Escape' && target instanceof Element && target.closest('.scroller')) close()
    }
    window.addEventListener('keydown', closeByKey)
    return () => window.removeEventListener('keydown', closeByKey)
  }, [isOpen, close])
}

/** Opens a student beside the list: a step that Back undoes. Going from one to the next is none. */
function OpenBeside({ row, link, children }: OpenProps<StudentRow>) {
  const { slug } = useSchool()
  const isOtherOpen = new URLSearchParams(location.search).has('student')
  return (
    <Link
      {...link}
      className="row-link"
      to="/$school/students"
      params={{ school: slug }}
      search={(before: StudentsSearch) => ({ ...before, student: row.id })}
      replace={isOtherOpen}
      state={(before) => ({ wasOpenedHere: isOtherOpen ? Boolean(before.wasOpenedHere) : true })}
      resetScroll={false}
      preload={false}
      title={listName(row)}
    >
      {children}
    </Link>
  )
}

function Under({ number, gradeLevel, status }: StudentRow) {
  const grades = useGrades()
  return (
    <>
      {number && <span>{number}</span>}
      {gradeLevel && <span>{grades.name(gradeLevel)}</span>}
      <StudentState status={status} />
    </>
  )
}

/** A long list is corrected in place: see refresh/long-lists.ts. */
const whenShort = (query: Query) => !isLong(query)
const keeping = {
  // Comparing 25,000 rows with themselves at every page takes longer than showing them.
  structuralSharing: false,
  refetchOnMount: whenShort,
  refetchOnWindowFocus: whenShort,
  refetchOnReconnect: whenShort,
  trpc: { abortOnUnmount: true },
}

const papersOf = ({ emergency, labels }: Record<'emergency' | 'labels', string>) => [
  { to: '/$school/students/emergency' as const, label: emergency },
  { to: '/$school/students/labels' as const, label: labels },
]

export function StudentsPage() {
  const mayReadGuardians = useMay('guardian.read')
  const words = useWords(studentListWords)
  const search: StudentsSearch = useRecordsSearch()
  const programs = useQuery(useTrpc().programs.list.queryOptions(undefined, { staleTime: 300_000 }))
  const listed = usePages<StudentRow>(studentKind, { filter: countInput(search), order: orderInput(search), keeping })
  const facts = useFilterWords(search)
  const close = useClosing()
  useReturnToRow(Boolean(search.student), close)
  const look = {
    kind: studentKind,
    words,
    columns: useStudentColumns(),
    Open: OpenBeside,
    under: (row: StudentRow) => <Under {...row} />,
    orderedBy: 'sort' as const,
    filtering: useStudentFiltering(search),
    facts,
    papers: mayReadGuardians ? papersOf(words.papers) : undefined,
    none: (
      <NoRecords
        kind={studentKind}
        words={words}
        isFiltered={isFiltered({ ...search, archived: undefined })}
        none={noFilters}
        facts={facts}
      />
    ),
    useChanges: useStudentChanges,
    Actions: StudentManyActions,
    chosen: search.student,
    beside: search.student && (
      <Suspense>
        <StudentPanel key={search.student} id={search.student} onClose={close} />
      </Suspense>
    ),
  }
  return <RecordsPage look={look} listed={{ ...listed, isReady: !programs.isPending }} />
}
