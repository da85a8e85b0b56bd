import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, PageHead, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import './merge.css'
import { useGrades } from '../students/use-grades.ts'
import { mergeWords } from './merge-words.ts'

type Pair = Outputs['students']['duplicates']['pairs'][number]
type One = Pair['one']

function useBrief() {
  const grades = useGrades()
  const words = useWords(mergeWords)
  const { date } = useFormats()
  return ({ number, birthDate, gradeLevel }: One): string =>
    [number, birthDate ? date(birthDate) : words.unknownBirthDate, gradeLevel && grades.name(gradeLevel)]
      .filter(Boolean)
      .join(' · ')
}

function CompareLink({ pair, children }: { pair: Pair; children: string }) {
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  return (
    <Link
      to="/$school/students/$id/merge/$intoId"
      params={{ school: slug, id: pair.other.id, intoId: pair.one.id }}
      state={{ wasOpenedHere: true }}
      aria-label={words.compareOf(listName(pair.one))}
    >
      {children}
    </Link>
  )
}

function Pairs({ pairs }: { pairs: Pair[] }) {
  const words = useWords(mergeWords)
  const isNarrow = useIsNarrow()
  const briefOf = useBrief()
  const rows = pairs.map((pair) => ({ ...pair, id: pair.one.id + pair.other.id }))
  const columns: PageColumn<(typeof rows)[number]>[] = [
    { header: words.columns.name, cell: ({ one }) => <strong className="pair-name">{listName(one)}</strong> },
    { header: words.columns.one, width: 280, isDim: true, cell: ({ one }) => briefOf(one) },
    { header: words.columns.other, width: 280, isDim: true, cell: ({ other }) => briefOf(other) },
    {
      header: words.columns.action,
      width: 100,
      cell: (pair) => <CompareLink pair={pair}>{words.compare}</CompareLink>,
    },
  ]
  if (!isNarrow) return <PageTable label={words.table} columns={columns} rows={rows} />
  return (
    <ul className="pairs" aria-label={words.table}>
      {rows.map((pair) => (
        <li key={pair.id}>
          <span>
            <strong className="pair-name">{listName(pair.one)}</strong>
            <span className="dim">{briefOf(pair.one)}</span>
            <span className="dim">{briefOf(pair.other)}</span>
          </span>
          <CompareLink pair={pair}>{words.compare}</CompareLink>
        </li>
      ))}
    </ul>
  )
}

/** Pairs of records that may be one person, each with the way to compare them. */
export function DuplicatesPage() {
  const words = useWords(mergeWords)
  const { slug, name } = useSchool()
  const { data, error } = useQuery(useTrpc().students.duplicates.queryOptions())
  usePageTitle(words.duplicates, name)
  return (
    <div className="page">
      <Link to="/$school/students" params={{ school: slug }} className="back">
        <BackLabel>{words.toStudents}</BackLabel>
      </Link>
      <PageHead
        title={words.duplicates}
        aside={data && data.count > 0 && <span className="dim digits">{words.pairs(data.count)}</span>}
      />
      {!data && !error && <Waiting />}
      {!data && error && <NotRead inPage title={words.failed} error={error} />}
      {data?.count === 0 && <Empty inPage title={words.noDuplicates} hint={words.noDuplicatesHint} />}
      {data && data.count > 0 && (
        <>
          <p className="dim before-pairs">{words.duplicatesHint}</p>
          <Pairs pairs={data.pairs} />
          {data.count > data.pairs.length && <p className="dim">{words.firstPairs(data.pairs.length)}</p>}
        </>
      )}
    </div>
  )
}
