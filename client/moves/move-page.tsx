import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useFlag, useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { Actions } from './actions.tsx'
import { Differing, Ended } from './ended.tsx'
import { movesWords } from './moves-words.ts'
import { Progress } from './progress.tsx'
import { Steps } from './steps.tsx'
import './moves.css'

type Moving = Outputs['moves']['get']

/** In ms. A mover says where it is every second. */
const askEvery = { underWay: 1_000, otherwise: 5_000 }
/** In ms. */
const silentAfter = 30_000

/** Somebody carries it on: the page's own mover, or one at a command line. */
function isUnderWay({ inFile, run, progress, at }: Moving): boolean {
  if (run?.outcome === null && !run.isLeft) return true
  return Boolean(inFile && progress && Date.parse(at) - progress.heardAt < silentAfter)
}

function Arrived({ run }: Pick<Moving, 'run'>) {
  const words = useWords(movesWords).arrived
  if (run?.verb !== 'move')
    return (
      <Section title={words.title}>
        <p>{words.never}</p>
      </Section>
    )
  return (
    <Section title={words.title}>
      <p className="move-arrived">{words.from(run.endedAt ?? run.startedAt, run.host, run.place)}</p>
      {run.outcome === null && <p role="status">{words.settling}</p>}
      {run.outcome === 'failed' && <Differing run={run} />}
      <Facts
        facts={[
          [words.target, run.target],
          [words.startedBy, run.startedBy],
          [words.carried, run.rows !== null && words.rows(run.rows)],
        ]}
      />
    </Section>
  )
}

function OnFile({ moving }: { moving: Moving }) {
  const words = useWords(movesWords)
  const { target, mayStart, run, progress, inFile } = moving
  const underWay = isUnderWay(moving)
  if (target === null && !inFile) return <Empty title={words.none} hint={words.noneHint} inPage />
  return (
    <div className="move">
      <div className="move-now">
        <p>{words.intro}</p>
        <Facts facts={[[words.target, inFile?.target ?? target]]} />
        {!mayStart && <Notice tone="info">{words.byHand}</Notice>}
        {underWay ? <Progress moving={moving} /> : run && <Ended run={run} />}
        {mayStart && <Actions moving={moving} isUnderWay={underWay} />}
      </div>
      <Steps phase={underWay && (inFile || run?.verb === 'move') ? (progress?.phase ?? 'looking') : null} />
    </div>
  )
}

export function MovePage() {
  const words = useWords(movesWords)
  const { name, slug } = useSchool()
  const trpc = useTrpc()
  const isOffered = useFlag('move-page', true)
  const { data, error } = useQuery(
    trpc.moves.get.queryOptions(undefined, {
      enabled: isOffered,
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? askEvery.underWay : askEvery.otherwise),
    }),
  )
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <Link className="back" to="/$school/system" params={{ school: slug }}>
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} />
      {!isOffered && <Empty title={words.notOffered} hint={words.notOfferedHint} inPage />}
      {isOffered && data && (data.isOnFile ? <OnFile moving={data} /> : <Arrived run={data.run} />)}
      {isOffered && !data && error && <NotRead title={words.failed} error={error} />}
      {isOffered && !data && !error && <Waiting lines={8} />}
    </div>
  )
}
