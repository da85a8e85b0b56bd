import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Section } from '../ui/page.tsx'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { systemWords } from './system-words.ts'
import { Trend } from './trend.tsx'

type Signs = NonNullable<Outputs['system']['get']['signs']>
type State = Signs['state']

const tones: Record<State, Tone> = { far: 'ok', near: 'warn', reached: 'bad' }

interface SignProps {
  title: string
  state?: State
  children: ReactNode
  trend?: ReactNode
}
function Sign({ title, state, children, trend }: SignProps) {
  const { states } = useWords(systemWords).signs
  return (
    <li className="sign">
      <div>
        <h3>
          {title}
          {state && <Status tone={tones[state]}>{states[state]}</Status>}
        </h3>
        {children}
      </div>
      {trend}
    </li>
  )
}

const newestOf = (days: readonly (number | null)[]) => days.findLast((value) => value !== null) ?? null

interface DaysProps {
  title: string
  days: readonly (number | null)[]
  since: string | null
  shown(value: number): string
}
/** A line needs two days. */
function Days({ title, days, since, shown }: DaysProps) {
  const { ends } = useWords(systemWords).signs
  if (since === null || days.filter((value) => value !== null).length < 2) return null
  return <Trend title={title} values={days} shown={shown} ends={ends(since)} />
}

type Measured = Pick<Signs, 'waiting' | 'machine' | 'people' | 'size' | 'schools' | 'since'>

function Waiting({ waiting: { state, days, writes, limits }, schools, since }: Measured) {
  const words = useWords(systemWords).signs.waiting
  const [newest, saves] = [newestOf(days), newestOf(writes)]
  return (
    <Sign
      title={words.title}
      state={state}
      trend={<Days title={words.trend} days={days} since={since} shown={words.ms} />}
    >
      <p>{newest === null ? words.none : words.seen(newest, saves ?? 0)}</p>
      <p className="dim">{words.limit(limits.worth)}</p>
      {schools < 2 && <p className="dim">{words.oneSchool}</p>}
    </Sign>
  )
}

function Machine({ machine: { state, days, processes, processors, limits }, since }: Measured) {
  const words = useWords(systemWords).signs.machine
  const newest = newestOf(days)
  return (
    <Sign
      title={words.title}
      state={state}
      trend={<Days title={words.trend} days={days} since={since} shown={words.percent} />}
    >
      <p>{words.seen(processes, processors, newest)}</p>
      <p className="dim">{words.limit(limits.worth)}</p>
      {state === 'near' && processes < processors && <p>{words.workers}</p>}
    </Sign>
  )
}

function People({ people: { state, days, inADay, many }, since }: Measured) {
  const words = useWords(systemWords).signs.people
  const [atOnce, inTheDay] = [newestOf(days), newestOf(inADay)]
  return (
    <Sign
      title={words.title}
      state={state}
      trend={<Days title={words.trend} days={days} since={since} shown={words.count} />}
    >
      <p>{atOnce === null ? words.none : words.seen(atOnce, inTheDay ?? 0)}</p>
      <p className="dim">{words.limit(many)}</p>
    </Sign>
  )
}

function Size({ size: { state, days, aYear, backupMs, limits, backupLimits }, since }: Measured) {
  const words = useWords(systemWords).signs.size
  const newest = newestOf(days)
  return (
    <Sign
      title={words.title}
      state={state}
      trend={<Days title={words.trend} days={days} since={since} shown={words.bytes} />}
    >
      <p>
        {newest === null ? words.none : words.seen(newest, aYear)} {backupMs !== null && words.backup(backupMs)}
      </p>
      <p className="dim">{words.limit(limits.worth, backupLimits.worth)}</p>
    </Sign>
  )
}

/** With this register's own numbers: whether its one file still serves it. */
export function SignsSection({ signs, mayMove }: { signs: Signs; mayMove: boolean }) {
  const words = useWords(systemWords).signs
  const { slug } = useSchool()
  return (
    <Section title={words.title}>
      <p>{words.verdicts[signs.state]}</p>
      <p className="dim">{words.about(signs.since, signs.rule)}</p>
      <ul className="signs">
        <Waiting {...signs} />
        <Machine {...signs} />
        <People {...signs} />
        <Sign title={words.features.title}>
          <p>{words.features.given}</p>
          <p className="dim">{words.features.same}</p>
        </Sign>
        <Size {...signs} />
      </ul>
      {mayMove && (
        <p className="system-note">
          <Link to="/$school/system/move" params={{ school: slug }}>
            {words.move}
          </Link>
        </p>
      )}
    </Section>
  )
}
