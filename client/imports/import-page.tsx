import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ImportState } from '../../db/values.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Failure, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { importWords } from './import-words.ts'
import './imports.css'
import type { Import } from './listed.ts'
import { Preview } from './preview.tsx'
import { Report } from './report.tsx'
import { SystemName } from './system-name.tsx'

const atWork: readonly ImportState[] = ['arriving', 'comparing', 'applying']
/** In ms. The work goes on without this page. */
const askEvery = 1_000

function CancelButton({ id, isCanceled, label }: Pick<Import, 'id' | 'isCanceled'> & { label: string }) {
  const messages = useMessages()
  const cancel = useMutation(useTrpc().imports.cancel.mutationOptions())
  return (
    <>
      <Failure>{cancel.error && sentenceOf(cancel.error, messages)}</Failure>
      <Button
        variant="default"
        size="sm"
        disabled={isCanceled}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ id })}
      >
        {label}
      </Button>
    </>
  )
}

/** '3000 of about 5000' in what the work says of itself. */
function shareIn(progress: string | null): number | undefined {
  const [, done, all] = /(\d+) of about (\d+)/.exec(progress ?? '') ?? []
  return all ? Number(done) / Number(all) : undefined
}

function Progress({ found }: { found: Import }) {
  const words = useWords(importWords).progress
  const share = shareIn(found.progress)
  return (
    <div className="import-progress">
      <p role="status">{words[found.state === 'applying' ? 'applying' : 'comparing']}</p>
      <progress aria-label={words.label} {...(share !== undefined && { value: share })} />
      <p className="dim">{words.hint}</p>
      <div>
        <CancelButton id={found.id} isCanceled={found.isCanceled} label={words.cancel} />
      </div>
    </div>
  )
}

function Refused({ found }: { found: Import }) {
  const words = useWords(importWords)
  const { errors } = useMessages()
  const { failure } = found
  const known = errors.reasons as Partial<Record<string, string>>
  return (
    <>
      <Failure>{failure === 'internal' ? errors.unknown(undefined) : (known[failure ?? ''] ?? `${failure}.`)}</Failure>
      <SystemName found={found} />
      <div className="import-choice">
        <div>
          <CancelButton id={found.id} isCanceled={false} label={words.decide.drop} />
        </div>
      </div>
    </>
  )
}

function Body({ found }: { found: Import }) {
  const words = useWords(importWords)
  if (atWork.includes(found.state)) return <Progress found={found} />
  if (found.state === 'failed') return <Refused found={found} />
  if (found.state === 'canceled') return <p>{words.canceled}</p>
  if (!found.report) return <p>{words.done.title}</p>
  if (found.state === 'done') return <Report found={found} report={found.report} />
  return (
    <Preview
      found={found}
      report={found.report}
      drop={<CancelButton id={found.id} isCanceled={false} label={words.decide.drop} />}
    />
  )
}

/** One bundle, from its comparison with the register to what became of it. */
export function ImportPage() {
  const words = useWords(importWords)
  const { slug, name } = useSchool()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error } = useQuery(
    useTrpc().imports.get.queryOptions(
      { id },
      {
        staleTime: 0,
        refetchInterval: ({ state }) => (state.data && !atWork.includes(state.data.state) ? false : askEvery),
      },
    ),
  )
  usePageTitle(data?.name ?? words.title, name)
  return (
    <div className="page">
      <Link to="/$school/imports" params={{ school: slug }} className="back">
        <BackLabel>{words.title}</BackLabel>
      </Link>
      {data && <PageHead title={data.name} aside={<span className="dim">{words.states[data.state]}</span>} />}
      {!data && !error && <Waiting />}
      {!data && error && <NotRead isPage title={words.failed} error={error} />}
      {data && <Body found={data} />}
    </div>
  )
}
