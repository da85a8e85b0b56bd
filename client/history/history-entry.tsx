import { useWords } from '../messages/messages.tsx'
import { Filled, RecordLink, slot } from './filled.tsx'
import { historyWords } from './history-words.ts'
import { useNameShown } from './name-shown.ts'
import type { Entry } from './told-fields.ts'
import { useToldFields } from './told-fields.ts'

/** Of which record, and what was done to it; the record of this page is not named. */
function EntryTitle({ entry, pageId }: { entry: Entry; pageId: string | undefined }) {
  const words = useWords(historyWords)
  const nameShown = useNameShown()
  const { record, entity, action } = entry
  if (record && record.id === pageId && record.entity === entity) return words.ownTitle(action)
  const inClass = record?.inClass && record.inClass.id !== record.id ? record.inClass : null
  const name = record && record.id !== pageId && (
    <RecordLink entity={record.entity} id={record.id}>
      {nameShown(record.entity, record.name)}
    </RecordLink>
  )
  const place = inClass && inClass.id !== pageId && (
    <RecordLink entity="class" id={inClass.id}>
      {inClass.title}
    </RecordLink>
  )
  return <Filled text={words.entryTitle(entry, name ? slot(0) : null, place ? slot(1) : null)} parts={[name, place]} />
}

/** One record of one operation: each field with what it held before and after. */
export function HistoryEntry({ entry, pageId }: { entry: Entry; pageId?: string | undefined }) {
  const words = useWords(historyWords)
  const fields = useToldFields()(entry)
  return (
    <li className="told">
      <p className="told-title">
        <EntryTitle entry={entry} pageId={pageId} />
      </p>
      {fields.length > 0 && (
        <dl className="told-fields">
          {fields.map(({ name, label, before, after }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                {before !== undefined && (
                  <>
                    <del className="told-before">
                      <span className="visually-hidden">{words.was} </span>
                      {before}
                    </del>
                    <span className="told-arrow along-the-line" aria-hidden>
                      →
                    </span>
                    <span className="visually-hidden">{words.became} </span>
                  </>
                )}
                <span className={entry.isErased ? 'dim' : undefined}>{after}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
