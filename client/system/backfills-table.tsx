import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { PageTable } from '../ui/page-table.tsx'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { systemWords } from './system-words.ts'

type Backfill = Outputs['system']['get']['database']['backfills'][number]

const tones: Record<Backfill['state'], Tone> = { filling: 'warn', waiting: 'warn', failed: 'bad', done: 'ok' }

export function BackfillsTable({ rows }: { rows: readonly Backfill[] }) {
  const words = useWords(systemWords).backfills
  const { label, columns, states, count } = words
  const isAny = (state: Backfill['state']) => rows.some((row) => row.state === state)
  return (
    <>
      <PageTable
        label={label}
        columns={[
          { header: columns.name, cell: ({ name }) => name },
          {
            header: columns.state,
            width: 110,
            cell: ({ state }) => <Status tone={tones[state]}>{states[state]}</Status>,
          },
          { header: columns.done, width: 110, isDim: true, cell: ({ rowsDone }) => count(rowsDone) },
          {
            header: columns.left,
            width: 110,
            isDim: true,
            cell: ({ rowsLeft }) => rowsLeft !== null && count(rowsLeft),
          },
        ]}
        rows={rows.map((row) => ({ id: row.name, ...row }))}
      />
      {isAny('waiting') && <p className="dim system-note">{words.waiting}</p>}
      {isAny('failed') && <p className="dim system-note">{words.failed}</p>}
    </>
  )
}
