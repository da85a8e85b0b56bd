import { Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useMessages, useWords } from '../../messages/messages.tsx'
import type { Row } from '../../ui/use-selection.ts'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import { useKindWords, useProcedures } from '../record-kind.ts'
import '../records.css'
import { calledName } from '../../people.ts'
import type { Holding } from './change.ts'
import { manyWords, useManyWords } from './many-words.ts'
import type { Outcome, useMany } from './use-many.ts'

interface DialogProps<R extends AnyRecord> {
  kind: RecordKind<R>
  many: ReturnType<typeof useMany<R>>
}

/** What stands on those that are to be archived, and what can become of it. */
export function StandingDialog<R extends AnyRecord>({ kind, many, count }: DialogProps<R> & { count: number }) {
  const { cancel, close } = useMessages()
  const words = useWords(manyWords)
  const { inUse } = useKindWords(kind)
  const { archive } = useManyWords(kind)
  if (!many.standing) return null
  const { standing, choices } = many.standing
  const labels = { keep: words.keep, end: inUse?.end?.(count) }
  return (
    <Modal opened onClose={many.dismiss} title={archive(count)} closeButtonProps={{ 'aria-label': close }}>
      <ul className="standing">
        {standing.map(({ entity, count: open, names }) => (
          <li key={entity}>
            {words.standing[entity]?.(open)}
            {names.length > 0 && entity !== 'meeting' && (
              <span className="dim">{words.names([...new Set(names.map(calledName))], open > names.length)}</span>
            )}
          </li>
        ))}
      </ul>
      <p className="dim">{words.history}</p>
      <div className="choices">
        {(['keep', 'end'] as const)
          .filter((choice) => choices.includes(choice) && labels[choice])
          .map((choice) => (
            <Button
              key={choice}
              variant="default"
              size="sm"
              disabled={many.isBusy}
              onClick={() => many.archive(choice)}
            >
              {labels[choice]}
            </Button>
          ))}
        <Button data-autofocus size="sm" onClick={many.dismiss}>
          {cancel}
        </Button>
      </div>
    </Modal>
  )
}

interface NamedRows<ListRow extends Row> {
  rows: readonly ListRow[]
  nameOf(row: ListRow): string
}

/** By its row where it is loaded; else it is asked for. */
function RefusedRow<R extends AnyRecord, ListRow extends Row>({
  kind,
  outcome: { id = '', reason, details },
  holding,
  rows,
  nameOf,
}: NamedRows<ListRow> & { kind: RecordKind<R>; outcome: Outcome; holding: Holding | null }) {
  const { errors, loading } = useMessages()
  const row = rows.find((one) => one.id === id)
  const { data } = useQuery(useProcedures(kind).get.queryOptions({ id }, { enabled: !row && Boolean(id) }))
  return (
    <li>
      {row ? nameOf(row) : data ? kind.nameOf(data as R) : loading}
      <span className="dim">{holding?.said(details) ?? (reason && errors.reasons[reason])}</span>
    </li>
  )
}

const namedAtMost = 8

/** What is refused is done all the same once somebody says why. */
function HoldAll({ holding, onHold }: { holding: Holding; onHold(reason: string): void }) {
  const [text, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const reason = text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (reason) onHold(reason)
  }
  return (
    <form className="form dialog-form" noValidate onSubmit={submit}>
      <TextInput
        className="whole"
        label={holding.label}
        maxLength={500}
        autoComplete="off"
        value={text}
        error={isAsked && !reason && holding.missing}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="form-end">
        <Button type="submit" variant="default" size="sm">
          {holding.submit}
        </Button>
      </div>
    </form>
  )
}

/** What cannot be changed, and why; nothing was changed. */
export function RefusedDialog<R extends AnyRecord, ListRow extends Row>({
  kind,
  many,
  rows,
  nameOf,
}: DialogProps<R> & NamedRows<ListRow>) {
  const { close } = useMessages()
  const words = useWords(manyWords)
  const said = useManyWords(kind)
  if (!many.refused) return null
  const { refused, outcomes } = many.refused
  const bad = outcomes.filter(({ ok }) => !ok).slice(0, namedAtMost)
  return (
    <Modal opened onClose={many.dismiss} title={said.refused(refused)} closeButtonProps={{ 'aria-label': close }}>
      <ul className="standing">
        {bad.map((outcome) => (
          <RefusedRow key={outcome.index} {...{ kind, outcome, rows, nameOf }} holding={many.holding} />
        ))}
        {refused > bad.length && <li className="dim">{words.andMore(refused - bad.length)}</li>}
      </ul>
      {many.holding && <HoldAll holding={many.holding} onHold={many.hold} />}
      <div className="choices">
        <Button data-autofocus size="sm" onClick={many.reload}>
          {words.reload}
        </Button>
      </div>
    </Modal>
  )
}
