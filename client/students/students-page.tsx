import { Button } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useGoingBack } from '../use-going-back.ts'
import { useStudentList } from './student-queries.ts'
import { StudentsEmpty } from './students-empty.tsx'
import { StudentsFilters } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import { isFiltered } from './students-search.ts'
import { StudentsTable } from './students-table.tsx'

const StudentPanel = lazy(() => import('./student-panel.tsx'))
const route = getRouteApi('/$school/students')

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

export function StudentsPage() {
  const { students, loading } = useMessages()
  const { name } = useSchool()
  const mayWrite = useMay('student.write')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { list, count } = useStudentList(search)
  usePageTitle(students.title, name)
  const close = useClosing()
  useReturnToRow(Boolean(search.student), close)
  const change = (next: Partial<StudentsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })

  const isEmpty = list.data?.pages[0]?.rows.length === 0 && !list.hasNextPage
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={search.archived ? students.archivedTitle : students.title}
          aside={
            <span className="dim digits" role="status">
              {count.data !== undefined && students.count(count.data, isFiltered(search))}
            </span>
          }
          actions={mayWrite && <AddStudent />}
        />
        <StudentsFilters search={search} onChange={change} />
      </div>
      <div className="list-body">
        {list.data && !isEmpty && <StudentsTable list={list} count={count} search={search} />}
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
