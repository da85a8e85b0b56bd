import { Button, Menu, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ShortDialog } from '../../enrollments/short-dialog.tsx'
import { useMessages, useWords } from '../../messages/messages.tsx'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import { useKindWords } from '../record-kind.ts'
import type { Change, ChosenChange, TypedChange } from './change.ts'
import { valueFor } from './change.ts'
import { manyWords, useManyWords } from './many-words.ts'

interface ButtonProps<C extends Change> {
  change: C
  /** 'Set seats'. */
  label: string
  isDisabled: boolean
  /** `called` names what is set: 'Grade 8'. */
  onSet(value: unknown, called: string): void
}

function ChosenButton({ change, label, isDisabled, onSet }: ButtonProps<ChosenChange>) {
  const { choices, none } = change
  const all = none === undefined ? choices : [...choices, { value: '', label: none }]
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" disabled={isDisabled}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} maw={320} style={{ overflowY: 'auto' }}>
        {all.map((choice) => (
          <Menu.Item key={choice.value} onClick={() => onSet(valueFor(change, choice.value), choice.label)}>
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface TypedDialogProps extends ButtonProps<TypedChange> {
  title: string
  fieldLabel: string
  wrong: string | undefined
  onClose(): void
}

function TypedDialog({ change, label, title, fieldLabel, wrong, onSet, onClose }: TypedDialogProps) {
  const { errors } = useMessages()
  const words = useWords(manyWords)
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = () => {
    const value = valueFor(change, text)
    if (value === undefined) return setWrong(true)
    onSet(value, value === null ? words.emptied(fieldLabel) : change.nameOf(text.trim()))
    onClose()
  }
  return (
    <ShortDialog title={title} submitLabel={label} isBusy={false} onSubmit={submit} onClose={onClose}>
      <TextInput
        size="sm"
        data-autofocus
        className="whole"
        inputMode="decimal"
        autoComplete="off"
        label={fieldLabel}
        description={change.hint}
        value={text}
        error={isWrong && (wrong ?? errors.invalid)}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setWrong(false)
        }}
      />
    </ShortDialog>
  )
}

function TypedButton(props: Omit<TypedDialogProps, 'onClose'>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" disabled={props.isDisabled} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      {isOpen && <TypedDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

interface ChangeButtonsProps<R extends AnyRecord> {
  kind: RecordKind<R>
  changes: readonly Change[]
  count: number
  isDisabled: boolean
  onSet(set: object, called: string): void
}

/** A button for each field that can be set in all of the chosen records. */
export function ChangeButtons<R extends AnyRecord>({ kind, changes, count, isDisabled, onSet }: ChangeButtonsProps<R>) {
  const words = useWords(manyWords)
  const { fields, wrong } = useKindWords(kind)
  const { counted, set: labels } = useManyWords(kind)
  return changes.map((change) => {
    const { field } = change
    const label = labels?.[field] ?? field
    const shared = { label, isDisabled, onSet: (value: unknown, called: string) => onSet({ [field]: value }, called) }
    if ('choices' in change) return <ChosenButton key={field} change={change} {...shared} />
    return (
      <TypedButton
        key={field}
        change={change}
        title={words.setTitle(label, counted(count))}
        fieldLabel={fields[field] ?? label}
        wrong={wrong?.[field]}
        {...shared}
      />
    )
  })
}
