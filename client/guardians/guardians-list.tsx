import { Button, NativeSelect } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { sentenceOf } from '../errors.ts'
import { ListMenus } from '../lists/list-menus.tsx'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { recordWords } from '../records/record-words.ts'
import type { RecordsSearch } from '../records/records-search.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { listName } from '../students/student-name.ts'
import { Empty } from '../ui/empty.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { GuardianRow } from './guardian-kind.ts'
import { guardianWords } from './guardian-kind.ts'
import { useGuardiansSheet } from './use-guardians-sheet.ts'

const PrintList = lazy(() => import('../print/print-list.tsx'))

interface ListState {
  search: RecordsSearch
  change(next: Partial<RecordsSearch>): void
}

function useListState(): ListState {
  const { slug } = useSchool()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as RecordsSearch
  const change = (next: Partial<RecordsSearch>) =>
    void navigate({
      to: '/$school/guardians',
      params: { school: slug },
      search: { ...search, ...next },
      replace: true,
    })
  return { search, change }
}

function useGuardians({ q = '', archived, order }: RecordsSearch) {
  const trpc = useTrpc()
  const filter = { search: q, archived: archived === 'yes' }
  const count = useQuery(trpc.guardians.count.queryOptions(filter, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.guardians.list.infiniteQueryOptions(
      { ...filter, descending: order === 'desc', limit: 200 },
      { getNextPageParam: ({ next }) => next, initialCursor: null, placeholderData: keepPreviousData },
    ),
  )
  return { list, count }
}

function GuardianName({ row, link }: { row: GuardianRow; link: RowLinkProps }) {
  const { slug } = useSchool()
  return (
    <Link
      {...link}
      className="row-link"
      to="/$school/guardians/$id"
      params={{ school: slug, id: row.id }}
      state={{ wasOpenedHere: true }}
    >
      {listName(row)}
    </Link>
  )
}

function useColumns({ search, change }: ListState): Column<GuardianRow>[] {
  const { columns: heads } = useWords(guardianWords)
  const { number } = useFormats()
  const sort = {
    direction: search.order ? ('descending' as const) : ('ascending' as const),
    toggle: () => change({ order: search.order ? undefined : 'desc' }),
  }
  return [
    {
      id: 'name',
      header: heads.name,
      width: 280,
      sort,
      cell: (row, link) => <GuardianName row={row} link={link} />,
    },
    {
      id: 'phone',
      header: heads.phone,
      width: 180,
      cell: ({ phone }) => <span className="digits">{phone}</span>,
    },
    { id: 'students', header: heads.students, width: 90, cell: ({ students }) => number(students) },
    { id: 'email', header: heads.email, from: 640, cell: ({ email }) => email },
  ]
}

function Rows(props: ListState & ReturnType<typeof useGuardians>) {
  const { list, count, search } = props
  const words = useWords(guardianWords)
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const columns = useColumns(props)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const narrow = (row: GuardianRow, link: RowLinkProps) => (
    <>
      <GuardianName row={row} link={link} />
      <span className="under">
        {row.phone && <span className="digits">{row.phone}</span>}
        <span>{words.studentsOf(row.students)}</span>
      </span>
    </>
  )
  return (
    <VirtualTable
      label={words.list.table}
      columns={columns}
      rows={rows}
      total={count.isPlaceholderData ? undefined : count.data}
      hasMore={list.hasNextPage}
      isBusy={list.isFetching}
      keyOf={({ id }) => id}
      narrow={isNarrow ? narrow : undefined}
      onNearEnd={list.fetchNextPage}
      scrollKey={`${slug} guardians ${JSON.stringify(search)}`}
    />
  )
}

/** Why the list is empty, and the way out. */
function NoGuardians({ search, change }: ListState) {
  const { list: shared } = useWords(recordWords)
  const { list: words } = useWords(guardianWords)
  if (search.q)
    return (
      <Empty title={words.noMatch} hint={shared.noMatch(search.q)}>
        <Button variant="default" onClick={() => change({ q: undefined })}>
          {shared.clear}
        </Button>
      </Empty>
    )
  if (!search.archived) return <Empty title={words.noneYet} hint={words.noneYetHint} />
  return (
    <Empty title={words.noneArchived} hint={shared.archivedHint}>
      <Button variant="default" onClick={() => change({ archived: undefined })}>
        {shared.toCurrent}
      </Button>
    </Empty>
  )
}

function Filters({ search, change }: ListState) {
  const { list: shared } = useWords(recordWords)
  const { list: words } = useWords(guardianWords)
  return (
    <div className="filters">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => change({ q: q || undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label={shared.shown}
        data={[
          { value: '', label: shared.current },
          { value: 'yes', label: shared.archived },
        ]}
        value={search.archived ?? ''}
        onChange={(event) => change({ archived: event.currentTarget.value === 'yes' ? 'yes' : undefined })}
      />
    </div>
  )
}

function AddGuardian() {
  const { add } = useWords(guardianWords)
  const { slug } = useSchool()
  return (
    <Button
      className="within-reach"
      renderRoot={(props) => (
        <Link to="/$school/guardians/new" params={{ school: slug }} state={{ wasOpenedHere: true }} {...props} />
      )}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {add}
    </Button>
  )
}

/** All guardians of the school, found by name, phone or e-mail; at /print on paper. */
export function GuardiansList() {
  const isPaper = useLocation({ select: ({ pathname }) => pathname.endsWith('/print') })
  return isPaper ? <GuardiansPaper /> : <GuardiansScreen />
}

function GuardiansPaper() {
  const sheet = useGuardiansSheet(useSearch({ strict: false }) as RecordsSearch)
  return (
    <Suspense>
      <PrintList sheet={sheet} />
    </Suspense>
  )
}

function GuardiansScreen() {
  const messages = useMessages()
  const { list: shared } = useWords(recordWords)
  const words = useWords(guardianWords)
  const { name } = useSchool()
  const mayWrite = useMay('guardian.write')
  const state = useListState()
  const { search } = state
  const { list, count } = useGuardians(search)
  const title = search.archived ? words.list.archivedTitle : words.title
  usePageTitle(title, name)
  const sheet = useGuardiansSheet(search)
  const isEmpty = list.data?.pages[0]?.rows.length === 0
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={title}
          aside={
            <span className="dim digits" role="status">
              {count.data !== undefined && shared.count(count.data, Boolean(search.q))}
            </span>
          }
          actions={
            <>
              <ListMenus sheet={sheet} />
              {mayWrite && <AddGuardian />}
            </>
          }
        />
        <Filters {...state} />
      </div>
      <div className="list-body">
        {list.data && !isEmpty ? (
          <Rows {...state} list={list} count={count} />
        ) : (
          <div className="scroller">
            {isEmpty && <NoGuardians {...state} />}
            {list.isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting label={messages.loading} lines={14} />
              </div>
            )}
            {list.isError && <Empty title={words.list.failed} hint={sentenceOf(list.error, messages)} />}
          </div>
        )}
      </div>
    </div>
  )
}
