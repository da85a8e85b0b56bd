import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { Notice } from '../ui/page.tsx'
import type { FieldOf, FormShape, FormValues } from './form-shape.ts'
import type { AnyRecord } from './record-kind.ts'
import type { KindWords } from './record-words.ts'
import { recordWords } from './record-words.ts'
import type { Conflict, SeenChange, useEdit } from './use-edit.ts'

function fieldsOf({ fields }: SeenChange, kind: KindWords, other: string): string[] {
  const named = fields.flatMap((field) => kind.fields[field] ?? [])
  return named.length ? named : [kind.otherFields ?? other]
}

const civil = /^\d{4}-\d\d-\d\d$/

function useContent<V extends FormValues>({ useDetails }: FormShape<never, V>) {
  const messages = useMessages()
  const formats = useFormats()
  const { conflict } = useWords(recordWords)
  const details = useDetails?.() ?? {}
  const called = (field: string, text: string): string => {
    const choice = details[field]?.choices?.find(({ value }) => value === text)
    return choice?.short ?? choice?.label ?? (civil.test(text) ? formats.date(text) : text)
  }
  return (values: V, field: FieldOf<V>): string => {
    const value = values[field]
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    const parts = typeof value === 'object' && value ? Object.values(value) : [value]
    const texts = parts.filter(Boolean).map((part) => called(field, String(part)))
    return texts.join(', ') || conflict.nothing
  }
}

interface BesideProps<V extends FormValues> {
  conflict: Conflict<V>
  mine: V
  shape: FormShape<never, V>
  kind: KindWords
}

function Beside<V extends FormValues>({ conflict, mine, shape, kind }: BesideProps<V>) {
  const { conflict: words } = useWords(recordWords)
  const content = useContent(shape)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.was}</th>
          <th scope="col">{words.theirs}</th>
          <th scope="col">{words.mine}</th>
        </tr>
      </thead>
      <tbody>
        {conflict.fields.map((field) => (
          <tr key={field}>
            <th scope="row">{kind.fields[field]}</th>
            <td className="dim">{content(conflict.was, field)}</td>
            <td>{content(conflict.theirs, field)}</td>
            <td>{content(mine, field)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface RecordConflictProps<R extends AnyRecord, V extends FormValues> {
  edit: ReturnType<typeof useEdit<R, V>>
  shape: FormShape<never, V>
}

/** Who changed what meanwhile, theirs beside mine, and the two ways on; nothing as long as nobody was faster. */
export function RecordConflict<R extends AnyRecord, V extends FormValues>({ edit, shape }: RecordConflictProps<R, V>) {
  const formats = useFormats()
  const { conflict: words } = useWords(recordWords)
  const title = useRef<HTMLElement>(null)
  const { conflict, isBusy, state } = edit
  useEffect(() => {
    if (conflict) title.current?.focus()
  }, [conflict])
  if (!conflict) return null
  const isBoth = conflict.fields.length > 0
  return (
    <Notice tone="warn" role="alert">
      <div className="conflict">
        <strong ref={title} tabIndex={-1}>
          {state.words.conflict}
        </strong>
        {conflict.changes.map((change) => (
          <p key={`${change.at} ${change.fields}`}>
            {words.changed(change, change.at)} {formats.list(fieldsOf(change, state.words, words.otherFields))}
          </p>
        ))}
        {isBoth ? (
          <Beside conflict={conflict} mine={state.form.values} shape={shape} kind={state.words} />
        ) : (
          <p>{words.apart}</p>
        )}
        <div className="form-end">
          <Button loading={isBusy} onClick={edit.keepMine}>
            {isBoth ? words.keepMine : words.saveBoth}
          </Button>
          {isBoth && (
            <Button variant="default" onClick={edit.takeTheirs}>
              {words.useTheirs}
            </Button>
          )}
        </div>
      </div>
    </Notice>
  )
}
