import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useFlag, useMay, useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Notice, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { BackupSection } from './backup-section.tsx'
import { DatabaseSection } from './database-section.tsx'
import { InstancesTable } from './instances-table.tsx'
import { ProceduresSection } from './procedures-section.tsx'
import { SignsSection } from './signs-section.tsx'
import { systemWords } from './system-words.ts'
import './system.css'

/** In ms. A page that nobody looks at asks nothing. */
const askEvery = 10_000

export function SystemPage() {
  const words = useWords(systemWords)
  const { name, slug } = useSchool()
  const mayReadFlags = useMay('flag.read')
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.system.get.queryOptions(undefined, { staleTime: 0, refetchInterval: askEvery }))
  // A server of the release before says both in one.
  const hasMovePage = useFlag('move-page', true) && Boolean(data?.ownsRegister ?? data?.mayMove)
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <PageHead
        title={words.title}
        actions={
          mayReadFlags && (
            <Link to="/$school/system/flags" params={{ school: slug }}>
              {words.flags}
            </Link>
          )
        }
      />
      <p className="dim">{words.intro}</p>
      {data && error && (
        <Notice tone="warn" role="status">
          {words.kept}
        </Notice>
      )}
      {data && (
        <>
          <InstancesTable rows={data.instances} steps={data.database.migrations.length} />
          <ProceduresSection procedures={data.procedures} minutes={data.minutes} />
          {/* A server of the release before tells of none. */}
          {data.backup && <BackupSection backup={data.backup} at={data.at} />}
          {/* A server of the release before tells of none, and one on PostgreSQL has nothing to tell. */}
          {data.signs && <SignsSection signs={data.signs} mayMove={hasMovePage} />}
          <DatabaseSection database={data.database} hasMovePage={data.signs === null && hasMovePage} />
        </>
      )}
      {!data && error && <NotRead title={words.failed} error={error} />}
      {!data && !error && <Waiting lines={10} />}
    </div>
  )
}
