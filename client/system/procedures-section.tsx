import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Section } from '../ui/page.tsx'
import { systemWords } from './system-words.ts'
import '../ui/table.css'
import { Trend } from './trend.tsx'

type System = Outputs['system']['get']
type Procedure = System['procedures'][number]

const byCalls = (a: Procedure, b: Procedure) => b.calls - a.calls || a.procedure.localeCompare(b.procedure)

function ProcedureRow({ row }: { row: Procedure }) {
  const words = useWords(systemWords)
  const { ms } = words.procedures
  const { count } = words.trends
  return (
    <tr>
      <th scope="row">{row.procedure}</th>
      <td className="number">{count(row.calls)}</td>
      <td className="number when-roomy dim">{row.refused > 0 && count(row.refused)}</td>
      <td className="number" {...(row.failed > 0 && { 'data-tone': 'bad' })}>
        {row.failed > 0 && count(row.failed)}
      </td>
      <td className="number when-roomy">{row.p50 !== null && ms(row.p50)}</td>
      <td className="number">{row.p95 !== null && ms(row.p95)}</td>
    </tr>
  )
}

function ProceduresTable({ rows }: { rows: readonly Procedure[] }) {
  const { label, columns } = useWords(systemWords).procedures
  return (
    <div className="in-page-table procedures-table">
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.calls}</th>
            <th scope="col" className="when-roomy">
              {columns.refused}
            </th>
            <th scope="col">{columns.failed}</th>
            <th scope="col" className="when-roomy">
              {columns.p50}
            </th>
            <th scope="col">{columns.p95}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toSorted(byCalls).map((row) => (
            <ProcedureRow key={row.procedure} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function ProceduresSection({ procedures, minutes }: Pick<System, 'procedures' | 'minutes'>) {
  const words = useWords(systemWords)
  const { title, none, noneHint, meaning, total, ms } = words.procedures
  const { count, minutes: minutesOf } = words.trends
  const calls = procedures.reduce((sum, row) => sum + row.calls, 0)
  const failed = procedures.reduce((sum, row) => sum + row.failed, 0)
  if (!procedures.length)
    return (
      <Section title={title}>
        <Empty title={none} hint={noneHint} inPage />
      </Section>
    )
  return (
    <Section title={title} actions={<span className="dim digits">{total(calls, failed)}</span>}>
      <div className="trends">
        <Trend
          title={words.trends.calls}
          values={minutes.map((minute) => minute.calls)}
          shown={count}
          ends={minutesOf}
        />
        <Trend title={words.trends.p95} values={minutes.map(({ p95 }) => p95)} shown={ms} ends={minutesOf} />
      </div>
      <ProceduresTable rows={procedures} />
      <p className="dim system-note">{meaning}</p>
    </Section>
  )
}
