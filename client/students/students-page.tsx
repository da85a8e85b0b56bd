import { Button } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ListMenus } from '../lists/list-menus.tsx'
import { useMessages } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useSelection } from '../ui/use-selection.ts'
import { useGoingBack } from '../use-going-back.ts'
import type { StudentRow } from './student-queries.ts'
import { useStudentList } from './student-queries.ts'
import { StudentsEmpty } from './students-empty.tsx'
import { StudentsFilters } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import { countInput, isFiltered } from './students-search.ts'
import { StudentsTable } from './students-table.tsx'
import { useStudentsSheet } from './use-students-sheet.ts'

const BulkBar = lazy(() => import('./bulk-bar.tsx'))
const PrintList = lazy(() => import('../print/print-list.tsx'))
const StudentPanel = lazy(() => import('./student-panel.tsx'))
const route = getRouteApi('/$school/students')
const printRoute = getRouteApi('/$school/students/print')

function AddStudent() {
  const { students } = useMessages()
  const { slug } = useSchool()
  return (
    <Button
      className="within-reach"
      renderRoot={(props) => (
        <Link to="/$school/students/new" params={{ school: slug }} state={{ wasOpenedHere: true }} {...props} />
      )}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {students.add}
    </Button>
  )
}

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

/** Choosing rows: on a phone it is a mode, elsewhere it is over when none is chosen. */
function useChoosing(search: StudentsSearch, rows: readonly StudentRow[], total: number) {
  const { slug } = useSchool()
  const [isSelecting, setSelecting] = useState(false)
  const selection = useSelection(`${slug} ${JSON.stringify(countInput(search))}`, rows, total)
  const end = () => {
    selection.clear()
    setSelecting(false)
  }
  return { selection, isSelecting, begin: () => setSelecting(true), end, isOn: isSelecting || selection.count > 0 }
}

export function StudentsPage() {
  const { students, loading } = useMessages()
  const { name } = useSchool()
  const mayWrite = useMay('student.write')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { list, count, rows } = useStudentList(search)
  const total = (count.isPlaceholderData ? undefined : count.data) ?? rows.length
  const choosing = useChoosing(search, rows, total)
  usePageTitle(students.title, name)
  const close = useClosing()
  useReturnToRow(Boolean(search.student), close)
  const change = (next: Partial<StudentsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })

  const sheet = useStudentsSheet(search)
  const isEmpty = list.data?.pages[0]?.rows.length === 0 && !list.hasNextPage
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={search.archived ? students.archivedTitle : students.title}
          aside={
            <span className="dim digits" role="status">
              {count.data !== undefined && !count.isPlaceholderData && students.count(count.data, isFiltered(search))}
            </span>
          }
          actions={
            <>
              <ListMenus sheet={sheet} />
              {mayWrite && !choosing.isSelecting && <AddStudent />}
            </>
          }
        />
        {choosing.isOn ? (
          <Suspense fallback={<div className="filters" />}>
            <BulkBar
              selection={choosing.selection}
              search={search}
              rows={rows}
              total={total}
              isMode={choosing.isSelecting}
              onDone={choosing.end}
            />
          </Suspense>
        ) : (
          <StudentsFilters search={search} onChange={change} onSelect={mayWrite ? choosing.begin : undefined} />
        )}
      </div>
      <div className="list-body">
        {list.data && !isEmpty && (
          <StudentsTable
            list={list}
            count={count}
            rows={rows}
            search={search}
            selection={choosing.selection}
            isSelecting={choosing.isSelecting}
          />
        )}
        {(isEmpty || !list.data) && (
          <div className="scroller">
            {isEmpty && <StudentsEmpty search={search} onChange={change} />}
            {list.isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting label={loading} lines={14} />
              </div>
            )}
            {list.isError && <StudentsEmpty search={search} onChange={change} error={list.error} />}
          </div>
        )}
        {search.student && (
          <Suspense>
            <StudentPanel key={search.student} id={search.student} onClose={close} />
          </Suspense>
        )}
      </div>
    </div>
  )
}

/** The list on paper. */
export function PrintStudentsPage() {
  const sheet = useStudentsSheet(printRoute.useSearch())
  return (
    <Suspense>
      <PrintList sheet={sheet} />
    </Suspense>
  )
}
