import { useQuery } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AttentionList } from './attention.tsx'
import { Beginning } from './beginning.tsx'
import { ChangesList, RosterNews } from './changes.tsx'
import { EndDemo } from './end-demo.tsx'
import type { Shown } from './figures.tsx'
import { EnrollmentFigure, useFigures, WeekFigure } from './figures.tsx'
import { homeWords } from './home-words.ts'
import './home.css'
import { useClock } from '../use-clock.ts'
import { refreshed } from './refreshed.ts'
import { SeatsFigure } from './seats-figure.tsx'
import type { Home } from './today.tsx'
import { OwnDay, SchoolDay } from './today.tsx'
import './figures.css'
import './hours.css'

interface DetailsProps {
  home: Home
  time: string
  shown: Shown
}

function HomeDetails({ home, time, shown }: DetailsProps) {
  const isOwn = useSchool().role === 'instructor'
  const mayMend = useMay('student.write')
  if (isOwn)
    return (
      <div className="home">
        <OwnDay home={home} time={time} />
        <RosterNews home={home} />
      </div>
    )
  // A server of the release before tells of none.
  const imports = home.imports ?? []
  const { backup = null, stream = null } = home
  const attention = <AttentionList lines={home.attention} imports={imports} backup={backup} stream={stream} />
  if (!home.has.students || (mayMend && !home.has.classes))
    return (
      <>
        <Beginning />
        {(imports.length > 0 || backup || stream) && attention}
      </>
    )
  return (
    <div className="home">
      <div>
        <SchoolDay home={home} time={time} />
        {mayMend && attention}
      </div>
      <div>
        <EnrollmentFigure {...shown} />
        <WeekFigure {...shown} />
        {mayMend && <ChangesList home={home} />}
      </div>
      <div>
        <SeatsFigure {...shown} />
      </div>
    </div>
  )
}

/** What the day begins with, for each role its own. */
export function HomePage() {
  const words = useWords(homeWords)
  const { name, timeZone, isDemo, isOwner } = useSchool()
  const trpc = useTrpc()
  const clock = useClock(timeZone)
  const { data, error } = useQuery(trpc.home.get.queryOptions(undefined, refreshed))
  const shown = useFigures()
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <PageHead
        title={words.day(clock.date)}
        aside={data?.term && <span className="dim">{words.term(data.term.title, data.term.endDate)}</span>}
        actions={isDemo && isOwner && <EndDemo />}
      />
      {data && <HomeDetails home={data} time={clock.time} shown={shown} />}
      {!data && error && <NotRead title={words.failed} error={error} />}
      {!data && !error && <Waiting lines={8} />}
    </div>
  )
}
