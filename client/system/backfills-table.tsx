import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { PageTable } from '../ui/page-table.tsx'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { NarrowRows } from './narrow-rows.tsx'
import { systemWords } from './system-words.ts'

type Backfill = Outputs['system']['get']['database']['backfills'][number]

const tones: Record<Backfill['state'], Tone> = { filling: 'warn', waiting: 'warn', failed: 'bad', done: 'ok' }

function BackfillState({ state }: Pick<Backfill, 'state'>) {
  const { states } = useWords(systemWords).backfills
  return <Status tone={tones[state]}>{states[state]}</Status>
}

function WideTable({ rows }: { rows: readonly Backfill[] }) {
  const { label, columns, count } = useWords(systemWords).backfills
  return (
    <PageTable
      label={label}
      columns={[
        { header: columns.name, cell: ({ name }) => name },
        { header: columns.state, width: 110, cell: ({ state }) => <BackfillState state={state} /> },
        { header: columns.done, width: 110, isDim: true, cell: ({ rowsDone }) => count(rowsDone) },
        { header: columns.left, width: 110, isDim: true, cell: ({ rowsLeft }) => rowsLeft !== null && count(rowsLeft) },
      ]}
      rows={rows.map((row) => ({ id: row.name, ...row }))}
    />
  )
}

function NarrowTable({ rows }: { rows: readonly Backfill[] }) {
  const { label, rowsOf } = useWords(systemWords).backfills
  const under = ({ state, rowsDone, rowsLeft }: Backfill) => (
    <>
      <BackfillState state={state} />
      <span>{rowsOf(rowsDone, rowsLeft)}</span>
    </>
  )
  return <NarrowRows label={label} rows={rows.map((row) => ({ id: row.name, name: row.name, under: under(row) }))} />
}

export function BackfillsTable({ rows }: { rows: readonly Backfill[] }) {
  const words = useWords(systemWords).backfills
  const isNarrow = useIsNarrow()
  const isAny = (state: Backfill['state']) => rows.some((row) => row.state === state)
  return (
    <div className="system-backfills">
      {isNarrow ? <NarrowTable rows={rows} /> : <WideTable rows={rows} />}
      {isAny('waiting') && <p className="dim system-note">{words.waiting}</p>}
      {isAny('failed') && <p className="dim system-note">{words.failed}</p>}
    </div>
  )
}
