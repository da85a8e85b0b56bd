import { Button } from '@mantine/core'
import IconSwap from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { MergeField } from '../../server/merge/input.ts'
import { mergeFields } from '../../server/merge/input.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useSchool } from '../school.tsx'
import { Breakable } from '../ui/breakable.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import '../ui/form.css'
import { BackLabel, Failure, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import './merge.css'
import { useWritten } from './merge-values.ts'
import { mergeWords } from './merge-words.ts'
import type { Preview } from './use-merge.ts'
import { useMerge, useMergePreview } from './use-merge.ts'

const route = getRouteApi('/$school/students/$id/merge/$intoId')

type Choosing = Pick<ReturnType<typeof useMerge>, 'taken' | 'take'> & { preview: Preview }

/** One field of both records: where they differ, the arrow keys choose. */
function FieldRow({ preview, field, taken, take }: Choosing & { field: MergeField }) {
  const words = useWords(mergeWords)
  const written = useWritten()
  const [kept, gone] = [written(preview.kept, field), written(preview.gone, field)]
  if (kept === null && gone === null) return null
  const isDecided = field === 'status' && Boolean(preview.statusByDays)
  const differ = kept !== null && gone !== null && kept !== gone && !isDecided
  const cell = (value: string | null, isGone: boolean) => {
    const text = <Breakable text={value ?? words.nothing} />
    if (!differ) return <span className={value === null ? 'dim' : ''}>{text}</span>
    return (
      <label className="choice">
        <input
          type="radio"
          name={`merge-${field}`}
          checked={taken.has(field) === isGone}
          onChange={() => take(field, isGone)}
        />
        <span>{text}</span>
      </label>
    )
  }
  return (
    <tr data-differs={differ || undefined}>
      <th scope="row">{words.fields[field]}</th>
      <td>{cell(kept, false)}</td>
      <td>{cell(gone, true)}</td>
    </tr>
  )
}

function RecordHead({ student, label }: { student: Preview['kept']; label: string }) {
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  return (
    <th scope="col">
      {label}
      <Link to="/$school/students/$id" params={{ school: slug, id: student.id }}>
        {words.openRecord(student.number)}
      </Link>
    </th>
  )
}

function Compared(props: Choosing) {
  const { preview } = props
  const words = useWords(mergeWords)
  const isImported = preview.kept.sourcedId !== null || preview.gone.sourcedId !== null
  return (
    <table className="compared">
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <RecordHead student={preview.kept} label={words.stays} />
          <RecordHead student={preview.gone} label={words.goes} />
        </tr>
      </thead>
      <tbody>
        {mergeFields.map((field) => (
          <FieldRow key={field} {...props} field={field} />
        ))}
        {isImported && (
          <tr>
            <th scope="row">{words.sourcedId}</th>
            {[preview.kept, preview.gone].map(({ id, sourcedId }) => (
              <td key={id} className={sourcedId ? '' : 'dim'}>
                {sourcedId ?? words.nothing}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  )
}

const parts = ['classes', 'guardians', 'alerts'] as const

function ComesOver({ preview }: { preview: Preview }) {
  const words = useWords(mergeWords)
  const { statusByDays: status } = preview
  const changes = [preview.kept, preview.gone].some((one) => one.status !== status)
  const byDays = status && changes ? [words.byDays[status]] : []
  const others = parts.flatMap((part) =>
    (['moved', 'folded'] as const).flatMap((how) => {
      const names = preview[part][how]
      return names.length ? [words[part][how](names)] : []
    }),
  )
  const sentences = [...byDays, ...others]
  return (
    <Section title={words.comesOver}>
      {sentences.length === 0 && <p className="dim">{words.nothingComesOver}</p>}
      <ul className="comes-over">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  )
}

function Merging({ preview }: { preview: Preview }) {
  const messages = useMessages()
  const words = useWords(mergeWords)
  const { slug, name } = useSchool()
  const { error, isBusy, submit, ...choosing } = useMerge(preview)
  const title = words.title(fullName(preview.kept))
  usePageTitle(title, name)
  return (
    <>
      <PageHead
        title={title}
        actions={
          <LinkButton
            variant="default"
            leftSection={<IconSwap size={15} aria-hidden />}
            to="/$school/students/$id/merge/$intoId"
            params={{ school: slug, id: preview.kept.id, intoId: preview.gone.id }}
            replace
          >
            {words.swap}
          </LinkButton>
        }
      />
      <p className="dim">{words.hint}</p>
      {error && <Failure>{sentenceOf(error, messages)}</Failure>}
      <Compared {...choosing} preview={preview} />
      <ComesOver preview={preview} />
      <div className="form-end merge-end">
        <Button size="sm" loading={isBusy} onClick={submit}>
          {words.submit}
        </Button>
      </div>
    </>
  )
}

/** Two records side by side: for each field which is right, and what else comes over. */
export function MergePage() {
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  const { id, intoId } = route.useParams()
  const { data, error, isFetchedAfterMount } = useMergePreview(id, intoId)
  return (
    <div className="page">
      <Link to="/$school/students/duplicates" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      {data && isFetchedAfterMount && (
        <Merging key={`${id} ${data.gone.version} ${data.kept.version}`} preview={data} />
      )}
      {!isFetchedAfterMount && !error && <Waiting />}
      {!data && error && <NotRead isPage error={error} />}
    </div>
  )
}
