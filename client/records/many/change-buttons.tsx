import { Button, Menu, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { ShortDialog } from '../../ui/short-dialog.tsx'
import type { Change, ChosenChange, Holding, TypedChange } from './change.ts'
import { valueFor } from './change.ts'
import { manyWords } from './many-words.ts'

interface ButtonProps<C extends Change> {
  change: C
  isDisabled: boolean
  /** `called` names what is set: 'Grade 8'. */
  onSet(value: unknown, called: string): void
}

function ChosenButton({ change, isDisabled, onSet }: ButtonProps<ChosenChange>) {
  const { label, choices, none } = change
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

interface TypedProps extends ButtonProps<TypedChange> {
  count: number
}

function TypedDialog({ change, count, onSet, onClose }: TypedProps & { onClose(): void }) {
  const { label, fieldLabel, hint, wrong, nameOf } = change
  const { errors } = useMessages()
  const words = useWords(manyWords)
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = () => {
    const value = valueFor(change, text)
    if (value === undefined) return setWrong(true)
    onSet(value, value === null ? words.nothing : nameOf(text.trim()))
    onClose()
  }
  return (
    <ShortDialog title={label} submitLabel={label} isBusy={false} onSubmit={submit} onClose={onClose}>
      <p className="dim whole">{words.selected(count)}</p>
      <TextInput
        data-autofocus
        className="whole"
        inputMode="decimal"
        autoComplete="off"
        label={fieldLabel}
        description={hint}
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

function TypedButton(props: TypedProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" disabled={props.isDisabled} onClick={() => setOpen(true)}>
        {props.change.label}
      </Button>
      {isOpen && <TypedDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

interface ChangeButtonsProps {
  changes: readonly Change[]
  count: number
  isDisabled: boolean
  onSet(set: object, called: string, holding?: Holding): void
}

/** A button for each field that can be set in all of the chosen records. */
export function ChangeButtons({ changes, count, isDisabled, onSet }: ChangeButtonsProps) {
  return changes.map((change) => {
    const { field, holding } = change
    const shared = { isDisabled, onSet: (value: unknown, called: string) => onSet({ [field]: value }, called, holding) }
    if ('choices' in change) return <ChosenButton key={field} change={change} {...shared} />
    return <TypedButton key={field} change={change} count={count} {...shared} />
  })
}
