import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { NotRead } from '../ui/not-read.tsx'
import { PageHead, Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { DropZone } from './drop-zone.tsx'
import { importWords } from './import-words.ts'
import './imports.css'
import type { Past } from './listed.ts'
import { Sources } from './sources.tsx'
import { UndoDialog } from './undo-dialog.tsx'

type Listed = Outputs['imports']['list']
type Open = Listed['open'][number]

function OpenImports({ open }: { open: Open[] }) {
  const words = useWords(importWords)
  const { slug } = useSchool()
  const { instant } = useFormats()
  const columns: PageColumn<Open>[] = [
    {
      header: words.columns.name,
      cell: ({ id, name }) => (
        <Link to="/$school/imports/$id" params={{ school: slug, id }}>
          {name}
        </Link>
      ),
    },
    { header: words.columns.state, width: 200, cell: ({ state }) => words.states[state] },
    { header: words.columns.at, width: 220, isDim: true, isRoomy: true, cell: ({ createdAt }) => instant(createdAt) },
  ]
  return (
    <Section title={words.open}>
      <PageTable label={words.open} columns={columns} rows={open} />
    </Section>
  )
}

function PastImports({ past, onUndo }: { past: Past[]; onUndo(past: Past): void }) {
  const words = useWords(importWords)
  const { instant } = useFormats()
  const rows = past.map((row) => ({ ...row, id: row.operationId }))
  const columns: PageColumn<(typeof rows)[number]>[] = [
    {
      header: words.columns.name,
      cell: ({ name, totals, isEnding }) => (
        <>
          {name}
          <span className="second">{isEnding ? words.didEnd(totals) : words.did(totals)}</span>
        </>
      ),
    },
    { header: words.columns.by, width: 160, isDim: true, isRoomy: true, cell: ({ by }) => by ?? words.commandLine },
    { header: words.columns.at, width: 220, isDim: true, isRoomy: true, cell: ({ at }) => instant(at) },
    {
      header: words.columns.action,
      width: 130,
      cell: (row) =>
        row.isUndone ? (
          <span className="dim">{words.undone}</span>
        ) : (
          <Button variant="default" size="compact-sm" aria-label={words.undoOf(row.name)} onClick={() => onUndo(row)}>
            {words.undo}
          </Button>
        ),
    },
  ]
  return (
    <Section title={words.past}>
      {past.length > 0 ? (
        <PageTable label={words.past} columns={columns} rows={rows} />
      ) : (
        <p className="dim">{words.noPast}</p>
      )}
    </Section>
  )
}

/** A bundle comes in here, and what came in before can be taken back. */
export function ImportsPage() {
  const words = useWords(importWords)
  const { name } = useSchool()
  const { data, error } = useQuery(useTrpc().imports.list.queryOptions(undefined, { staleTime: 0 }))
  const [undoing, setUndoing] = useState<Past | null>(null)
  // A server of the release before tells of no sources.
  const sources = data?.sources ?? []
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <PageHead title={words.title} />
      <p className="dim import-note">{words.intro}</p>
      <DropZone />
      {!data && !error && <Waiting />}
      {!data && error && <NotRead inPage title={words.failed} error={error} />}
      {sources.length > 0 && <Sources sources={sources} />}
      {data && data.open.length > 0 && <OpenImports open={data.open} />}
      {data && <PastImports past={data.past} onUndo={setUndoing} />}
      {undoing && <UndoDialog past={undoing} onClose={() => setUndoing(null)} />}
    </div>
  )
}
