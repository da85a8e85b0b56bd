import { useWords } from '../messages/messages.tsx'
import { NarrowRows } from '../system/narrow-rows.tsx'
import { Section } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Flag, Rules } from './flags-words.ts'
import { flagsWords } from './flags-words.ts'

type Sides = NonNullable<Rules['sides']>
type Row = Sides['on'] & { id: string; name: string }

const failedOf = ({ failed, unavailable }: Row) => failed + unavailable

function Wide({ rows }: { rows: readonly Row[] }) {
  const words = useWords(flagsWords).sides
  const columns: PageColumn<Row>[] = [
    { header: words.columns.side, cell: ({ name }) => name },
    { header: words.columns.calls, width: 90, cell: ({ calls }) => words.calls(calls) },
    { header: words.columns.failed, width: 120, cell: (row) => words.failed(failedOf(row), row.calls) },
    { header: words.columns.p50, width: 100, isDim: true, cell: ({ p50 }) => words.ms(p50) },
    { header: words.columns.p95, width: 100, isDim: true, cell: ({ p95 }) => words.ms(p95) },
  ]
  return <PageTable label={words.label} columns={columns} rows={rows} />
}

function Narrow({ rows }: { rows: readonly Row[] }) {
  const words = useWords(flagsWords).sides
  const under = (row: Row) => (
    <>
      <span>
        {words.columns.calls} {words.calls(row.calls)}
      </span>
      <span>
        {words.columns.failed} {words.failed(failedOf(row), row.calls)}
      </span>
      <span>
        {words.columns.p95} {words.ms(row.p95)}
      </span>
    </>
  )
  return (
    <NarrowRows label={words.label} rows={rows.map((row) => ({ id: row.id, name: row.name, under: under(row) }))} />
  )
}

/** How the calls of those who have it did, beside those of the others. */
export function FlagSides({ sides: { on, off, isEarlier, guard }, kind }: { sides: Sides } & Pick<Flag, 'kind'>) {
  const words = useWords(flagsWords).sides
  const isNarrow = useIsNarrow()
  const Rows = isNarrow ? Narrow : Wide
  const rows = [
    { ...on, id: 'on', name: words.on },
    { ...off, id: 'off', name: isEarlier && off.calls > 0 ? words.offEarlier : words.off },
  ]
  return (
    <Section title={words.title}>
      {on.calls + off.calls > 0 ? <Rows rows={rows} /> : <p>{words.none}</p>}
      <p className="dim flags-intro">{words.about}</p>
      {kind === 'release' && <p className="dim flags-intro">{words.guard(guard.margin, guard.leastCalls)}</p>}
    </Section>
  )
}
