import { Button, NativeSelect } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import { sentenceOf } from '../errors.ts'
import { ListMenus } from '../lists/list-menus.tsx'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { found, sorted } from './found-rows.ts'
import type { AnyRecord, ListedKind } from './record-kind.ts'
import { addressOf, useProcedures } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import type { RecordsSearch } from './records-search.ts'
import type { ListedColumn } from './records-table.tsx'
import { RecordsTable } from './records-table.tsx'
import { useRecordsSheet } from './use-records-sheet.ts'

const PrintList = lazy(() => import('../print/print-list.tsx'))

export interface RecordsListProps<R extends AnyRecord, Row extends { id: string }> {
  kind: ListedKind<R>
  /** The first column is the name, and the link to the record. */
  columns: readonly ListedColumn<Row>[]
  /** What the search looks through. */
  textOf(row: Row): string
  /** On a phone, below the name. */
  under(row: Row): ReactNode
  /** The order of the list as it stands, where it isn't the server's. */
  arrange?(rows: readonly Row[]): Row[]
}

interface ListState {
  search: RecordsSearch
  change(next: Partial<RecordsSearch>): void
}

function useListState({ path }: { path: string }): ListState {
  const { slug } = useSchool()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as RecordsSearch
  const change = (next: Partial<RecordsSearch>) =>
    void navigate({
      to: addressOf({ path }),
      params: { school: slug } as never,
      search: { ...search, ...next } as never,
      replace: true,
    })
  return { search, change }
}

function useRows<R extends AnyRecord, Row extends { id: string }>(
  { kind, columns, textOf, arrange }: RecordsListProps<R, Row>,
  { q = '', archived, by, order }: RecordsSearch,
) {
  const procedures = useProcedures(kind)
  const { locale } = useFormats()
  const list = useQuery(procedures.list.queryOptions({ archived: archived === 'yes' }))
  const all = (list.data ?? []) as unknown as Row[]
  const matching = found(arrange?.(all) ?? all, q, textOf)
  const { sortBy } = columns.find(({ id }) => id === (by ?? columns[0]?.id)) ?? {}
  const isServers = !by && !order
  return { list, rows: sortBy && !isServers ? sorted(matching, sortBy, order === 'desc', locale) : matching }
}

function AddRecord({ kind }: { kind: ListedKind<never> }) {
  const { add } = useWords(kind.words)
  const { slug } = useSchool()
  return (
    <Button
      className="within-reach"
      renderRoot={(props) => (
        <Link
          to={addressOf(kind, '/new')}
          params={{ school: slug } as never}
          state={{ wasOpenedHere: true }}
          {...props}
        />
      )}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {add}
    </Button>
  )
}

/** Why the list is empty, and the way out. */
function NoRecords({ kind, search, change }: ListState & { kind: ListedKind<never> }) {
  const { list: shared } = useWords(recordWords)
  const { list: words } = useWords(kind.words)
  const mayWrite = useMay(kind.write)
  if (search.q)
    return (
      <Empty title={words.noMatch} hint={shared.noMatch(search.q)}>
        <Button variant="default" onClick={() => change({ q: undefined })}>
          {shared.clear}
        </Button>
      </Empty>
    )
  if (search.archived)
    return (
      <Empty title={words.noneArchived} hint={shared.archivedHint}>
        <Button variant="default" onClick={() => change({ archived: undefined })}>
          {shared.toCurrent}
        </Button>
      </Empty>
    )
  return <Empty title={words.noneYet} hint={mayWrite ? words.noneYetHint : words.noneForReaderHint} />
}

function ListFilters({ kind, search, change }: ListState & { kind: ListedKind<never> }) {
  const { list: shared } = useWords(recordWords)
  const { list: words } = useWords(kind.words)
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

/** The page of a kind whose records come whole: searched and ordered right here. */
export function RecordsList<R extends AnyRecord, Row extends { id: string }>(props: RecordsListProps<R, Row>) {
  const messages = useMessages()
  const { list: shared } = useWords(recordWords)
  const kind = props.kind as unknown as ListedKind<never>
  const words = useWords(kind.words)
  const { name } = useSchool()
  const mayWrite = useMay(kind.write)
  const state = useListState(kind)
  const { search } = state
  const { list, rows } = useRows(props, search)
  const title = search.archived ? words.list.archivedTitle : words.title
  usePageTitle(title, name)
  const sheet = useRecordsSheet(kind, { columns: props.columns, rows, search, isReady: !list.isPending })
  const isPaper = useLocation({ select: ({ pathname }) => pathname.endsWith('/print') })
  if (isPaper)
    return (
      <Suspense>
        <PrintList sheet={sheet} />
      </Suspense>
    )
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={title}
          aside={
            <span className="dim digits" role="status">
              {list.data && shared.count(rows.length, Boolean(search.q))}
            </span>
          }
          actions={
            <>
              {sheet.place && <ListMenus sheet={sheet} />}
              {mayWrite && <AddRecord kind={kind} />}
            </>
          }
        />
        <ListFilters kind={kind} {...state} />
      </div>
      <div className="list-body">
        {rows.length > 0 ? (
          <RecordsTable list={props} rows={rows} isBusy={list.isFetching} {...state} />
        ) : (
          <div className="scroller">
            {list.data && <NoRecords kind={kind} {...state} />}
            {list.isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting label={messages.loading} lines={14} />
              </div>
            )}
            {list.isError && !list.data && <Empty title={words.list.failed} hint={sentenceOf(list.error, messages)} />}
          </div>
        )}
      </div>
    </div>
  )
}
