import { getRouteApi } from '@tanstack/react-router'
import { lazy } from 'react'
import { sentenceOf } from '../errors.ts'
import { ListFrame, ListPaper } from '../lists/list-frame.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useChoosing } from '../records/many/choosing.ts'
import { useMay } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { useClassChanges } from './class-changes.ts'
import { classKind } from './class-kind.ts'
import { classListWords } from './class-words.ts'
import { ClassesEmpty } from './classes-empty.tsx'
import { ClassesFilters } from './classes-filters.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { classesInput, isNarrowed } from './classes-search.ts'
import type { ClassRow } from './classes-table.tsx'
import { ClassesTable } from './classes-table.tsx'
import { useClassList, useShownTerm } from './use-class-list.ts'
import { useClassesSheet } from './use-classes-sheet.ts'

const BulkBar = lazy(part(() => import('../records/many/bulk-bar.tsx')))
const route = getRouteApi('/$school/classes')
const printRoute = getRouteApi('/$school/classes/print')

const nameOf = ({ title }: ClassRow): string => title

export function ClassesPage() {
  const messages = useMessages()
  const words = useWords(classListWords)
  const { many } = useWords(classKind.words)
  const mayWrite = useMay('class.write')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const term = useShownTerm(search)
  const { list, count, rows } = useClassList(search, term)
  const known = count.isPlaceholderData ? undefined : count.data
  const total = known ?? rows.length
  const filter = classesInput(search, term.shown)
  const name = `classes ${JSON.stringify(filter)}`
  const choosing = useChoosing({ write: 'class.write', name, rows, total, nameOf, allLabel: many?.all ?? '' })
  const change = (next: Partial<ClassesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const sheet = useClassesSheet(search)
  const isEmpty = list.data?.pages[0]?.rows.length === 0
  const shownTerm = term.shown ? term.title : ''
  return (
    <ListFrame
      sheet={sheet}
      count={known !== undefined && words.count(known, isNarrowed(search))}
      addLabel={mayWrite && !choosing.isSelecting ? words.add : undefined}
      bar={
        choosing.isOn ? (
          <BulkBar
            {...{ choosing, filter, rows, total, sheet, nameOf }}
            kind={classKind}
            isArchived={search.archived === 'yes'}
            useChanges={useClassChanges}
          />
        ) : (
          <ClassesFilters search={search} term={term} onChange={change} onSelect={choosing.begin} />
        )
      }
      table={
        list.data &&
        !isEmpty && <ClassesTable {...{ list, count, rows, name }} choosing={choosing.table} cols={search.cols} />
      }
      isPending={list.isPending}
      instead={
        list.isError ? (
          <Empty title={words.failed} hint={sentenceOf(list.error, messages)} />
        ) : (
          isEmpty && <ClassesEmpty search={search} term={shownTerm} onChange={change} />
        )
      }
    />
  )
}

/** The list on paper. */
export const PrintClassesPage = () => <ListPaper sheet={useClassesSheet(printRoute.useSearch())} />
