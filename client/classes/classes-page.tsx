import { Button } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { sentenceOf } from '../errors.ts'
import { ListMenus } from '../lists/list-menus.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { classListWords } from './class-words.ts'
import { ClassesEmpty } from './classes-empty.tsx'
import { ClassesFilters } from './classes-filters.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { isNarrowed } from './classes-search.ts'
import { ClassesTable } from './classes-table.tsx'
import { useClassList, useShownTerm } from './use-class-list.ts'
import { useClassesSheet } from './use-classes-sheet.ts'

const PrintList = lazy(() => import('../print/print-list.tsx'))
const route = getRouteApi('/$school/classes')
const printRoute = getRouteApi('/$school/classes/print')

function AddClass() {
  const words = useWords(classListWords)
  const { slug } = useSchool()
  return (
    <Button
      className="within-reach"
      renderRoot={(props) => (
        <Link to="/$school/classes/new" params={{ school: slug }} state={{ wasOpenedHere: true }} {...props} />
      )}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {words.add}
    </Button>
  )
}

export function ClassesPage() {
  const messages = useMessages()
  const words = useWords(classListWords)
  const { name } = useSchool()
  const mayWrite = useMay('class.write')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const term = useShownTerm(search)
  const { list, count } = useClassList(search, term)
  usePageTitle(words.title, name)
  const change = (next: Partial<ClassesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const sheet = useClassesSheet(search)
  const isEmpty = list.data?.pages[0]?.rows.length === 0
  const shownTerm = term.shown ? term.title : ''
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={search.archived ? words.archivedTitle : words.title}
          aside={
            <span className="dim digits" role="status">
              {count.data !== undefined && !count.isPlaceholderData && words.count(count.data, isNarrowed(search))}
            </span>
          }
          actions={
            <>
              <ListMenus sheet={sheet} />
              {mayWrite && <AddClass />}
            </>
          }
        />
        <ClassesFilters search={search} term={term} onChange={change} />
      </div>
      <div className="list-body">
        {list.data && !isEmpty ? (
          <ClassesTable list={list} count={count} name={JSON.stringify([search, term.shown])} cols={search.cols} />
        ) : (
          <div className="scroller">
            {isEmpty && <ClassesEmpty search={search} term={shownTerm} onChange={change} />}
            {list.isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting label={messages.loading} lines={14} />
              </div>
            )}
            {list.isError && <Empty title={words.failed} hint={sentenceOf(list.error, messages)} />}
          </div>
        )}
      </div>
    </div>
  )
}

/** The list on paper. */
export function PrintClassesPage() {
  const sheet = useClassesSheet(printRoute.useSearch())
  return (
    <Suspense>
      <PrintList sheet={sheet} />
    </Suspense>
  )
}
