import { Button, Modal } from '@mantine/core'
import { useMessages, useWords } from '../messages/messages.tsx'
import './records.css'
import { calledName } from '../people.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useKindWords } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import type { InUse, StandingChoice, useArchiving } from './use-archiving.ts'

function Standing({ standing, kind }: Pick<InUse<AnyRecord>, 'standing'> & { kind: RecordKind<never> }) {
  const { archiving } = useWords(recordWords)
  const words = useKindWords(kind)
  return (
    <ul className="standing">
      {standing.map(({ entity, count, names }) => (
        <li key={entity}>
          {words.inUse?.standing[entity]?.(count)}
          {names.length > 0 && entity !== 'meeting' && (
            <span className="dim">{archiving.names(names.map(calledName), count)}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

interface InUseDialogProps<R extends AnyRecord> {
  kind: RecordKind<R>
  archiving: Pick<ReturnType<typeof useArchiving<R>>, 'inUse' | 'answer' | 'dismiss' | 'isBusy'>
}

/** What stands on the record that is to be archived, and what can become of it. */
export function InUseDialog<R extends AnyRecord>({ kind, archiving }: InUseDialogProps<R>) {
  const { cancel, close } = useMessages()
  const { archiving: words } = useWords(recordWords)
  const kindWords = useKindWords(kind)
  const { inUse, answer, dismiss, isBusy } = archiving
  const labels: Record<StandingChoice, string | null | undefined> = { keep: words.keep, end: kindWords.inUse?.end?.(1) }
  if (!inUse) return null
  return (
    <Modal
      opened
      onClose={dismiss}
      title={words.question(kind.nameOf(inUse.record))}
      closeButtonProps={{ 'aria-label': close }}
    >
      <Standing standing={inUse.standing} kind={kind as RecordKind<never>} />
      <p className="dim">{[kindWords.inUse?.instead, words.history].filter(Boolean).join(' ')}</p>
      <div className="choices">
        {(['keep', 'end'] as const)
          .filter((choice) => inUse.choices.includes(choice) && labels[choice])
          .map((choice) => (
            <Button key={choice} variant="default" size="sm" disabled={isBusy} onClick={() => answer(choice)}>
              {labels[choice]}
            </Button>
          ))}
        <Button data-autofocus size="sm" onClick={dismiss}>
          {cancel}
        </Button>
      </div>
    </Modal>
  )
}
