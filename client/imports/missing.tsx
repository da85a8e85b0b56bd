import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { missingInPart } from '../../server/imports/input.ts'
import { sentenceOf } from '../errors.ts'
import { RecordLink } from '../history/filled.tsx'
import { csvOf, saveFile } from '../lists/csv.ts'
import { useSeparator } from '../lists/csv-separator.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { NotRead } from '../ui/not-read.tsx'
import { Failure, Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { importWords } from './import-words.ts'
import type { Import, ImportReport } from './listed.ts'
import { PagesOf } from './pages-of.tsx'

type Missing = NonNullable<ImportReport['missing']>[number]
type Kind = Missing['kind']
type Row = Outputs['imports']['missing'][number]

const onPage = 50

/** All of them, part by part, as a file. */
function useFile({ id, name }: Pick<Import, 'id' | 'name'>, missing: readonly Missing[]) {
  const words = useWords(importWords)
  const trpc = useTrpc()
  const client = useQueryClient()
  const [separator] = useSeparator(useFormats().locale)
  const rowsOf = async ({ kind, count }: Missing) => {
    const parts = Array.from({ length: Math.ceil(count / missingInPart) }, (_, part) => part)
    const rows: string[][] = []
    for (const part of parts)
      for (const one of await client.fetchQuery(trpc.imports.missing.queryOptions({ id, kind, part })))
        rows.push([words.entities[kind], one.name ?? '', one.inClass ?? '', one.school ?? '', one.sourcedId])
    return rows
  }
  return async () => {
    const { kind, name: called, inClass, school, sourcedId } = words.missing.columns
    const rows = [[kind, called, inClass, school, sourcedId]]
    for (const one of missing) rows.push(...(await rowsOf(one)))
    saveFile(`${name} - ${words.missing.file}.csv`, [csvOf(rows, separator)])
  }
}

function Records({ id, kind, count }: { id: string; kind: Kind; count: number }) {
  const words = useWords(importWords).missing
  const [page, setPage] = useState(0)
  const part = Math.floor((page * onPage) / missingInPart)
  const { data, error } = useQuery(useTrpc().imports.missing.queryOptions({ id, kind, part }, { staleTime: 0 }))
  const from = page * onPage - part * missingInPart
  const rows = (data ?? []).slice(from, from + onPage).map((one) => ({ ...one, recordId: one.id, id: one.sourcedId }))
  const isElsewhere = rows.some(({ isHere }) => !isHere)
  const columns: PageColumn<(typeof rows)[number]>[] = [
    { header: words.columns.name, cell: (row) => <Named kind={kind} row={row} /> },
    { header: words.columns.inClass, width: 280, cell: ({ inClass }) => inClass },
    { header: words.columns.school, width: 220, isRoomy: true, cell: ({ school }) => isElsewhere && school },
    { header: words.columns.sourcedId, width: 200, isDim: true, isRoomy: true, cell: ({ sourcedId }) => sourcedId },
  ]
  return (
    <>
      {!data && !error && <Waiting lines={4} />}
      {!data && error && <NotRead inPage error={error} />}
      {rows.length > 0 && (
        <div className="import-wrapped">
          <PageTable label={words.label(kind)} columns={columns} rows={rows} />
        </div>
      )}
      <PagesOf page={page} pages={Math.ceil(count / onPage)} onPage={setPage} />
    </>
  )
}

function Named({ kind, row }: { kind: Kind; row: Omit<Row, 'id'> & { recordId: string } }) {
  const words = useWords(importWords).missing
  if (row.name === null) return <span className="dim">{words.unnamed}</span>
  if (!row.isHere) return row.name
  return (
    <RecordLink entity={kind} id={row.recordId}>
      {row.name}
    </RecordLink>
  )
}

interface Props {
  found: Import
  missing: readonly Missing[]
}

/** What the register has and complete files do not. It stays, unless somebody ends it. */
export function MissingRecords({ found, missing }: Props) {
  const words = useWords(importWords)
  const messages = useMessages()
  const save = useFile(found, missing)
  const [shown, setShown] = useState<Kind | null>(null)
  const [failure, setFailure] = useState<unknown>()
  const [isSaving, setSaving] = useState(false)
  const download = () => {
    setSaving(true)
    save()
      .then(() => setFailure(undefined), setFailure)
      .finally(() => setSaving(false))
  }
  const open = missing.find(({ kind }) => kind === shown)
  return (
    <Section
      title={words.missing.title}
      actions={
        <Button variant="default" size="compact-sm" loading={isSaving} onClick={download}>
          {words.findings.download}
        </Button>
      }
    >
      <Failure>{failure !== undefined && sentenceOf(failure, messages)}</Failure>
      <p className="dim import-note">
        {words.missing.hint} {found.choices.endMissing ? words.missing.peopleStay : words.missing.stays}
      </p>
      <ul className="import-missing" aria-label={words.missing.title}>
        {missing.map(({ kind, count, first }) => (
          <li key={kind}>
            <button
              type="button"
              className="as-link"
              aria-expanded={kind === shown}
              onClick={() => setShown(kind === shown ? null : kind)}
            >
              {words.missing.counted[kind](count)}
            </button>
            <span className="dim">{words.missing.names(first, count)}</span>
          </li>
        ))}
      </ul>
      {open && <Records key={open.kind} id={found.id} kind={open.kind} count={open.count} />}
    </Section>
  )
}
