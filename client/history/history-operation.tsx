import { Button } from '@mantine/core'
import IconUndo from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { HistoryEntry } from './history-entry.tsx'
import { historyWords } from './history-words.ts'
import type { Entry, RecordOperation } from './told-fields.ts'
import { useUndoOperation } from './use-undo-operation.ts'

type Told = Omit<RecordOperation, 'entries'> & Partial<Pick<Outputs['journal']['list']['rows'][number], 'counts'>>

function UndoButton({ operation: { id, undoes } }: { operation: Told }) {
  const words = useWords(historyWords)
  const undo = useUndoOperation()
  if (undoes === null) return null
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      className="told-undo"
      leftSection={<IconUndo size={14} aria-hidden />}
      loading={undo.isPending}
      onClick={() => undo.mutate({ operationId: id })}
    >
      {words.undo(undoes)}
    </Button>
  )
}

const plainDeeds: ReadonlySet<Told['deed']> = new Set(['add', 'change', 'archive', 'restore'])

interface HistoryOperationProps {
  operation: Told
  /** Its entries are not on the screen. */
  isFolded?: boolean
  children: ReactNode
}

export function HistoryOperation({ operation, isFolded = false, children }: HistoryOperationProps) {
  const words = useWords(historyWords)
  const formats = useFormats()
  const { at, by, way, deed } = operation
  return (
    <li className="told-operation">
      <div className="told-head">
        <span className="told-who">{by ? words.by(by, way) : words.ways[way]}</span>
        <time dateTime={at} className="dim digits">
          {formats.instant(at)}
        </time>
        {(isFolded || !plainDeeds.has(deed)) && <span className="dim">{words.doings[deed]}</span>}
        <UndoButton operation={operation} />
      </div>
      {children}
    </li>
  )
}

const shownAtFirst = 5

export function SomeEntries({ entries, pageId }: { entries: readonly Entry[]; pageId?: string | undefined }) {
  const words = useWords(historyWords)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? entries : entries.slice(0, shownAtFirst)
  const rest = entries.length - shown.length
  return (
    <>
      <ul className="told-entries">
        {shown.map((entry) => (
          <HistoryEntry key={entry.number} entry={entry} pageId={pageId} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="as-link" onClick={() => setWhole(true)}>
          {words.others(rest)}
        </button>
      )}
    </>
  )
}
