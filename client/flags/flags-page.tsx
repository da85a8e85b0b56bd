import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { NarrowRows } from '../system/narrow-rows.tsx'
import type { Outputs } from '../trpc.ts'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, PageHead, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { FlagNote, FlagState } from './flag-state.tsx'
import { flagsWords, namedFlag } from './flags-words.ts'
import './flags.css'

type Listed = Outputs['flags']['list']['flags'][number]

function FlagLink({ flagKey }: { flagKey: string }) {
  const words = useWords(flagsWords)
  const { slug } = useSchool()
  return (
    <Link className="flag-link" to="/$school/system/flags/$key" params={{ school: slug, key: flagKey }}>
      {namedFlag(words, flagKey).title}
    </Link>
  )
}

function WideTable({ rows }: { rows: readonly Listed[] }) {
  const words = useWords(flagsWords)
  const columns: PageColumn<Listed & { id: string }>[] = [
    { header: words.columns.name, cell: ({ key }) => <FlagLink flagKey={key} /> },
    { header: words.columns.now, width: 170, cell: (row) => <FlagState {...row} /> },
    { header: words.columns.kind, width: 150, isDim: true, cell: ({ kind }) => words.kinds[kind] },
    {
      header: words.columns.changed,
      width: 230,
      isDim: true,
      isRoomy: true,
      cell: ({ changedAt }) => changedAt && words.at(changedAt),
    },
    // Most have none, and then there is no such column.
    {
      header: words.columns.note,
      width: 150,
      cell: (row) => (row.isBroken || row.isExpired || row.isToBeRemoved) && <FlagNote {...row} />,
    },
  ]
  return <PageTable label={words.label} columns={columns} rows={rows.map((row) => ({ ...row, id: row.key }))} />
}

function NarrowTable({ rows }: { rows: readonly Listed[] }) {
  const words = useWords(flagsWords)
  const under = (row: Listed) => (
    <>
      <FlagState {...row} />
      <FlagNote {...row} />
    </>
  )
  return (
    <NarrowRows
      label={words.label}
      rows={rows.map((row) => ({ id: row.key, name: <FlagLink flagKey={row.key} />, under: under(row) }))}
    />
  )
}

export function FlagsPage() {
  const words = useWords(flagsWords)
  const { name, slug } = useSchool()
  const trpc = useTrpc()
  const isNarrow = useIsNarrow()
  const { data, error } = useQuery(trpc.flags.list.queryOptions(undefined, { staleTime: 0 }))
  usePageTitle(words.title, name)
  const Rows = isNarrow ? NarrowTable : WideTable
  return (
    <div className="page">
      <Link className="back" to="/$school/system" params={{ school: slug }}>
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} />
      <p className="dim flags-intro">{words.intro}</p>
      {data && !data.ownsRegister && <p className="dim">{words.onlyRead}</p>}
      {data && <Rows rows={data.flags} />}
      {!data && error && <NotRead title={words.failed} error={error} />}
      {!data && !error && <Waiting lines={5} />}
    </div>
  )
}
