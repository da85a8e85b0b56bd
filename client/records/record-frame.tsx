import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { addressOf } from '../addresses.ts'
import { useWords } from '../messages/messages.tsx'
import type { Opened } from '../presences/use-presence.ts'
import { useSchool } from '../school.tsx'
import { Facts, isKnown, labeled } from '../ui/facts.tsx'
import { NotRead } from '../ui/not-read.tsx'
import type { RecordOfHistory } from './history-section.tsx'
import { HistorySection } from './history-section.tsx'
import { OthersHere } from './others-here.tsx'
import '../ui/list-page.css'
import { BackLabel, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ArchivedNotice, RecordActions } from './record-actions.tsx'
import type { AnyRecord, ListedKind } from './record-kind.ts'
import { useKindWords, useProcedures } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import './records.css'
import { Together } from './together.tsx'

interface RecordFrameProps<R extends AnyRecord, Field extends string> {
  kind: ListedKind<R, Field>
  aside?(record: R): ReactNode
  /** Each field in words; null where its title says it. Without any, what hangs on the record has the page to itself. */
  facts(record: R): Readonly<Record<Field, ReactNode>>
  /** Where a fact is called otherwise than its field. */
  labels?: Readonly<Partial<Record<Field, string>>>
  children(record: R): ReactNode
}

function OneRecord<R extends AnyRecord, Field extends string>(props: RecordFrameProps<R, Field> & { record: R }) {
  const { kind, record, aside, labels, children } = props
  const words = useKindWords(kind)
  const facts = labeled(props.facts(record), { ...words.fields, ...labels })
  const { list: shared } = useWords(recordWords)
  const hasFacts = facts.some(isKnown)
  return (
    <>
      <PageHead
        title={kind.nameOf(record)}
        aside={aside?.(record)}
        actions={<RecordActions kind={kind} record={record} isPrimary />}
      />
      <OthersHere entity={kind.entity as Opened['entity']} entityId={record.id} />
      <Together>
        <ArchivedNotice {...record} />
        <div className={hasFacts ? 'side-by-side' : 'side-by-side without-facts'}>
          {hasFacts && (
            <Section title={shared.details}>
              <Facts facts={facts} />
            </Section>
          )}
          <div>{children(record)}</div>
        </div>
        <HistorySection entity={kind.entity as RecordOfHistory['entity']} id={record.id} />
      </Together>
    </>
  )
}

/** The page of one record: what is known of it, what hangs on it, what can be done. */
export function RecordFrame<R extends AnyRecord, Field extends string>(props: RecordFrameProps<R, Field>) {
  const { kind } = props
  const words = useKindWords(kind)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { slug, name } = useSchool()
  const procedures = useProcedures(kind)
  const { data, error } = useQuery(procedures.get.queryOptions({ id }))
  const record = data as R | undefined
  usePageTitle(record ? kind.nameOf(record) : words.title, name)
  return (
    <div className="page">
      <Link to={addressOf(kind)} params={{ school: slug }} className="back">
        <BackLabel>{words.title}</BackLabel>
      </Link>
      {record && <OneRecord {...props} record={record} />}
      {!record && !error && <Waiting />}
      {!record && error && <NotRead isPage error={error} />}
    </div>
  )
}
