import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ClassesTable } from './classes-table.tsx'

const route = getRouteApi('/$school/classes')

export function useClassList(search: string) {
  const trpc = useTrpc()
  const count = useQuery(trpc.classes.count.queryOptions({ search }, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.classes.list.infiniteQueryOptions(
      { search, limit: 100 },
      { getNextPageParam: ({ next }) => next, initialCursor: null, placeholderData: keepPreviousData },
    ),
  )
  return { list, count }
}

function NoClasses({ search, onClear }: { search: string; onClear(): void }) {
  const { classes } = useMessages()
  const { role } = useSchool()
  if (search)
    return (
      <Empty title={classes.noMatch} hint={classes.noMatchHint(search)}>
        <Button variant="default" onClick={onClear}>
          {classes.clear}
        </Button>
      </Empty>
    )
  if (role === 'instructor') return <Empty title={classes.noneForInstructor} hint={classes.noneForInstructorHint} />
  return <Empty title={classes.noneYet} hint={classes.noneYetHint} command={classes.importCommand} />
}

export function ClassesPage() {
  const messages = useMessages()
  const { classes, loading } = messages
  const { name } = useSchool()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const { list, count } = useClassList(q)
  usePageTitle(classes.title, name)
  const find = (text: string) => void navigate({ search: { q: text || undefined }, replace: true })
  const isEmpty = list.data?.pages[0]?.rows.length === 0
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={classes.title}
          aside={
            <span className="dim digits" role="status">
              {count.data !== undefined && classes.count(count.data, Boolean(q))}
            </span>
          }
        />
        <div className="filters">
          <SearchField label={classes.search} placeholder={classes.searchHint} value={q} onSearch={find} />
        </div>
      </div>
      <div className="list-body">
        {list.data && !isEmpty ? (
          <ClassesTable list={list} count={count} search={q} />
        ) : (
          <div className="scroller">
            {isEmpty && <NoClasses search={q} onClear={() => find('')} />}
            {list.isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting label={loading} lines={14} />
              </div>
            )}
            {list.isError && <Empty title={classes.failed} hint={sentenceOf(list.error, messages)} />}
          </div>
        )}
      </div>
    </div>
  )
}
