import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ListPath } from '../../db/values.ts'
import { recordKinds } from '../../db/values.ts'
import type { Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { may } from '../session.ts'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Status } from '../ui/status.tsx'
import { homeWords } from './home-words.ts'
import { LookAround } from './look-around.tsx'

type Counts = Outputs['home']['beginning']
type Step = keyof Counts
/** In the order in which one needs the other. */
const steps: readonly Step[] = ['academicSession', 'room', 'course', 'instructor', 'class', 'student', 'membership']
/** Whoever looks is a member already. */
const isDone = (step: Step, count: number) => count > (step === 'membership' ? 1 : 0)

type Address =
  | `/$school/${ListPath}`
  | `/$school/${ListPath}/paste`
  | `/$school/${ListPath}/new`
  | '/$school/imports'
  | '/$school/members'
  | '/$school/members/new'

type Way = keyof Words['home']['beginning']['ways']

function useWays() {
  const mayImport = useMay('import.run')
  return (step: Step): { to: Address; way: Way }[] => {
    if (step === 'membership') return [{ to: '/$school/members/new', way: 'invite' }]
    const { path } = recordKinds[step]
    return [
      // No bundle of files has rooms of their own.
      ...(mayImport && step !== 'room' ? [{ to: '/$school/imports', way: 'upload' } as const] : []),
      { to: `/$school/${path}/paste`, way: 'paste' },
      { to: `/$school/${path}/new`, way: 'byHand' },
    ]
  }
}

function StepLine({ step, count }: { step: Step; count: number }) {
  const words = useWords(homeWords).beginning
  const params = { school: useSchool().slug }
  const ways = useWays()(step)
  const done = isDone(step, count)
  const list: Address = step === 'membership' ? '/$school/members' : `/$school/${recordKinds[step].path}`
  return (
    <li className="beginning-step">
      <Status tone={done ? 'ok' : 'off'}>
        <Link to={list} params={params}>
          {words.steps[step]}
        </Link>
      </Status>
      <span className="dim digits">{done ? words.done(count) : words.open}</span>
      <span className="beginning-ways">
        {ways.map(({ to, way }) => (
          <Link
            key={to}
            to={to}
            params={params}
            state={{ wasOpenedHere: true }}
            data-way={way}
            aria-label={words.wayTo(way, step)}
          >
            {words.ways[way]}
          </Link>
        ))}
      </span>
    </li>
  )
}

/** The first steps of a school, with what is there already, for those who may take them. */
export function Beginning() {
  const words = useWords(homeWords)
  const school = useSchool()
  const trpc = useTrpc()
  const mayBegin = may(school, 'student.write')
  const { data } = useQuery(trpc.home.beginning.queryOptions(undefined, { enabled: mayBegin }))
  if (!mayBegin) return <Empty title={words.noneYet} hint={words.noneYetHint} />
  return (
    <section className="beginning">
      <h2>{words.begin}</h2>
      <p>{words.beginHint}</p>
      <ol className="beginning-list" aria-label={words.begin} aria-busy={!data}>
        {steps.map((step) => {
          const count = data ? data[step] : 0
          return count === null ? null : <StepLine key={step} step={step} count={count} />
        })}
      </ol>
      {school.isOwner && !school.isDemo && <LookAround />}
      {may(school, 'school.write') && (
        <p className="dim">
          <Link to="/$school/settings" params={{ school: school.slug }}>
            {words.beginning.settings}
          </Link>
        </p>
      )}
    </section>
  )
}
