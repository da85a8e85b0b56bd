import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Section } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { NarrowRows } from './narrow-rows.tsx'
import { systemWords } from './system-words.ts'

type Instance = Outputs['system']['get']['instances'][number]

const tones: Record<Instance['state'], Tone> = { serving: 'ok', draining: 'warn', gone: 'off' }

function InstanceState({ state }: Pick<Instance, 'state'>) {
  const { states } = useWords(systemWords).instances
  return <Status tone={tones[state]}>{states[state]}</Status>
}

function InstanceName({ host, pid }: Pick<Instance, 'host' | 'pid'>) {
  const { process } = useWords(systemWords).instances
  return (
    <>
      <span className="system-name">{host}</span>
      <span className="second">{process(pid)}</span>
    </>
  )
}

/** When a process was last heard of is worth telling once it is gone: all others were a moment ago. */
function WideTable({ rows }: { rows: readonly Instance[] }) {
  const { label, columns: names, at } = useWords(systemWords).instances
  const columns: PageColumn<Instance>[] = [
    { header: names.host, cell: (row) => <InstanceName {...row} /> },
    { header: names.state, width: 110, cell: ({ state }) => <InstanceState state={state} /> },
    { header: names.version, width: 250, cell: ({ version }) => <span title={version}>{version}</span> },
    { header: names.started, width: 210, isDim: true, isRoomy: true, cell: (row) => at(row.startedAt) },
    {
      header: names.seen,
      width: 210,
      isDim: true,
      isRoomy: true,
      cell: ({ state, seenAt }) => state === 'gone' && at(seenAt),
    },
  ]
  return <PageTable label={label} columns={columns} rows={rows} />
}

function NarrowTable({ rows }: { rows: readonly Instance[] }) {
  const { label } = useWords(systemWords).instances
  const under = ({ state, version }: Instance) => (
    <>
      <InstanceState state={state} />
      <span>{version}</span>
    </>
  )
  return (
    <NarrowRows
      label={label}
      rows={rows.map((row) => ({ id: row.id, name: <InstanceName {...row} />, under: under(row) }))}
    />
  )
}

/** `steps` is how many the database's schema has. */
export function InstancesTable({ rows, steps }: { rows: readonly Instance[]; steps: number }) {
  const words = useWords(systemWords).instances
  const isNarrow = useIsNarrow()
  const present = rows.filter(({ state }) => state !== 'gone')
  const versions = new Set(present.map(({ version }) => version)).size
  return (
    <Section title={words.title}>
      {rows.length > 0 && (
        <div className="system-instances">{isNarrow ? <NarrowTable rows={rows} /> : <WideTable rows={rows} />}</div>
      )}
      {rows.length === 0 && <Empty title={words.none} hint={words.noneHint} inPage />}
      {versions > 1 && <p className="dim system-note">{words.versions(versions)}</p>}
      {present.some(({ schemaMax }) => schemaMax < steps) && <p className="dim system-note">{words.older}</p>}
      {rows.length > present.length && <p className="dim system-note">{words.goneHint}</p>}
    </Section>
  )
}
