import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { shownKinds } from '../kinds.ts'
import { ListFrame, ListPaper } from '../lists/list-frame.tsx'
import { useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { listName } from '../people.ts'
import { useChoosing } from '../records/many/choosing.ts'
import { useMay } from '../school.tsx'
import { useGoingBack } from '../use-going-back.ts'
import { useStudentList } from './student-queries.ts'
import { studentListWords } from './student-words.ts'
import { StudentsEmpty } from './students-empty.tsx'
import { StudentsFilters } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import { countInput, isFiltered } from './students-search.ts'
import { StudentsTable } from './students-table.tsx'
import { useStudentsSheet } from './use-students-sheet.ts'

const StudentsBar = lazy(part(() => import('./students-bar.tsx')))
const StudentPanel = lazy(shownKinds.student.panel)
const route = getRouteApi('/$school/students')
const printRoute = getRouteApi('/$school/students/print')

/** Closing undoes the opening, so that Back never opens the same record again. */
function useClosing() {
  const navigate = route.useNavigate()
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

export function StudentsPage() {
  const students = useWords(studentListWords)
  const mayWrite = useMay('student.write')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { list, count, rows } = useStudentList(search)
  const known = count.isPlaceholderData ? undefined : count.data
  const filter = countInput(search)
  const total = known ?? rows.length
  const choosing = useChoosing({
    write: 'student.write',
    name: `students ${JSON.stringify(filter)}`,
    rows,
    total,
    nameOf: listName,
    allLabel: students.many.all,
  })
  const close = useClosing()
  useReturnToRow(Boolean(search.student), close)
  const change = (next: Partial<StudentsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const sheet = useStudentsSheet(search)
  const isEmpty = list.data?.pages[0]?.rows.length === 0 && !list.hasNextPage
  return (
    <ListFrame
      sheet={sheet}
      count={known !== undefined && students.count(known, isFiltered(search))}
      addLabel={mayWrite && !choosing.isSelecting ? students.add : undefined}
      bar={
        choosing.isOn ? (
          <StudentsBar {...{ choosing, filter, rows, total, sheet }} isArchived={search.archived === 'yes'} />
        ) : (
          <StudentsFilters search={search} onChange={change} onSelect={choosing.begin} />
        )
      }
      table={
        list.data &&
        !isEmpty && <StudentsTable list={list} count={count} rows={rows} search={search} choosing={choosing.table} />
      }
      isPending={list.isPending}
      instead={
        (isEmpty || list.isError) && (
          <StudentsEmpty search={search} onChange={change} error={isEmpty ? undefined : list.error} />
        )
      }
      beside={
        search.student && (
          <Suspense>
            <StudentPanel key={search.student} id={search.student} onClose={close} />
          </Suspense>
        )
      }
    />
  )
}

/** The list on paper. */
export const PrintStudentsPage = () => <ListPaper sheet={useStudentsSheet(printRoute.useSearch())} />
