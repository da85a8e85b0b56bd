import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Entry } from '../history/told-fields.ts'
import { useToldFields } from '../history/told-fields.ts'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { NotRead } from '../ui/not-read.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { importWords } from './import-words.ts'
import { PagesOf } from './pages-of.tsx'
import type { CountedAs, Entity } from './totals-table.tsx'

type Change = Outputs['imports']['changes']['changes'][number]
const actions = { new: 'created', changed: 'changed', archived: 'archived' } as const

interface Props {
  id: string
  entity: Entity
  counted: CountedAs
}

function Fields({ entity, counted, change }: Omit<Props, 'id'> & { change: Change }) {
  const words = useWords(importWords).changes
  const told = useToldFields()({
    number: 0,
    record: null,
    entity,
    action: actions[counted],
    fields: change.fields.map(({ field, before, after }) => ({ name: field, before, after })) as Entry['fields'],
    isErased: false,
  })
  return (
    <dl>
      {told.map(({ name, label, before, after }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{before === undefined ? after : words.fromTo(before, after)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What would change, field by field, a page at a time. */
export function Changes({ id, entity, counted }: Props) {
  const words = useWords(importWords)
  const [page, setPage] = useState(0)
  const asked = { id, entity, counted, page }
  const { data, error } = useQuery(
    useTrpc().imports.changes.queryOptions(asked, { placeholderData: keepPreviousData, staleTime: 0 }),
  )
  const rows = (data?.changes ?? []).map((change, index) => ({ change, id: String(index) }))
  const columns: PageColumn<(typeof rows)[number]>[] = [
    { header: words.columns.kind, cell: ({ change }) => change.name },
    {
      header: words.changes.fields,
      width: 480,
      cell: ({ change }) => change.fields.length > 0 && <Fields entity={entity} counted={counted} change={change} />,
    },
  ]
  const onPage = data?.onPage ?? 1
  return (
    <Section title={words.changes.title(entity, counted)}>
      {!data && !error && <Waiting lines={4} />}
      {!data && error && <NotRead inPage error={error} />}
      {data && rows.length === 0 && <p className="dim">{words.changes.noMore}</p>}
      {rows.length > 0 && (
        <div className="import-changes">
          <PageTable label={words.changes.label} columns={columns} rows={rows} />
        </div>
      )}
      {data && <PagesOf page={page} pages={Math.ceil(data.total / onPage)} onPage={setPage} />}
    </Section>
  )
}
