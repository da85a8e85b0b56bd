import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { csvOf, saveFile } from '../lists/csv.ts'
import { useSeparator } from '../lists/csv-separator.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { NotRead } from '../ui/not-read.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { importWords } from './import-words.ts'

type Finding = Outputs['imports']['findings'][number]
interface Props {
  /** Of one bundle of this person's, or of the newest one of a source. */
  of: { id: string } | { source: string }
  kind: 'rejected' | 'warnings'
  /** So many there are, though fewer may be shown. */
  total: number
  name: string
}

const shownAtMost = 100

function useFindings({ of, kind }: Props) {
  const { findings, sourceFindings } = useTrpc().imports
  const isOfSource = 'source' in of
  const ofBundle = useQuery(
    findings.queryOptions({ id: isOfSource ? '' : of.id, kind }, { staleTime: 0, enabled: !isOfSource }),
  )
  const ofSource = useQuery(
    sourceFindings.queryOptions({ source: isOfSource ? of.source : '', kind }, { staleTime: 0, enabled: isOfSource }),
  )
  return isOfSource ? ofSource : ofBundle
}

function useFile({ name, kind }: Props) {
  const words = useWords(importWords)
  const [separator] = useSeparator(useFormats().locale)
  return (findings: readonly Finding[]) => {
    const { file, line, column, message, more } = words.findings.columns
    const rows = findings.map((one) => [
      one.file,
      String(one.line),
      one.column ?? '',
      one.message,
      one.more ? String(one.more) : '',
    ])
    saveFile(`${name} - ${words.findings[kind]}.csv`, [
      csvOf([[file, line, column, message, more], ...rows], separator),
    ])
  }
}

/** Each row with its place in its file, so that somebody can mend it there. */
export function FindingsTable(props: Props) {
  const { kind, total } = props
  const words = useWords(importWords).findings
  const save = useFile(props)
  const isNarrow = useIsNarrow()
  const { data, error } = useFindings(props)
  const rows = (data ?? []).slice(0, shownAtMost).map((one, index) => ({ ...one, id: String(index) }))
  const columns: PageColumn<(typeof rows)[number]>[] = [
    { header: words.columns.message, cell: ({ message, more }) => `${message}${more ? words.andMore(more) : ''}` },
    { header: words.columns.file, width: 170, cell: ({ file }) => file },
    { header: words.columns.line, width: 70, cell: ({ line }) => <span className="digits">{line}</span> },
    { header: words.columns.column, width: 170, isRoomy: true, cell: ({ column }) => column },
  ]
  return (
    <Section
      title={words.titled(kind, total)}
      actions={
        data && (
          <Button variant="default" size="compact-sm" onClick={() => save(data)}>
            {words.download}
          </Button>
        )
      }
    >
      {!data && !error && <Waiting lines={3} />}
      {!data && error && <NotRead inPage error={error} />}
      {data && isNarrow && (
        <ul className="import-list" aria-label={words[kind]}>
          {rows.map(({ id: key, file, line, column, message, more }) => (
            <li key={key}>
              {`${message}${more ? words.andMore(more) : ''}`}
              <span className="dim">{words.place(file, line, column)}</span>
            </li>
          ))}
        </ul>
      )}
      {data && !isNarrow && (
        <div className="import-wrapped">
          <PageTable label={words[kind]} columns={columns} rows={rows} />
        </div>
      )}
      {data && total > rows.length && <p className="dim import-note">{words.first(rows.length)}</p>}
    </Section>
  )
}
