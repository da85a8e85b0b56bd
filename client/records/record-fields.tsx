/** The fields forms are made of, each with its label, its mistake and its place in the summary. */
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { ChangeEvent } from 'react'
import { useWords } from '../messages/messages.tsx'
import { DateField } from '../ui/date-field.tsx'
import type { Choice, FieldOf, FormValues } from './form-shape.ts'
import { recordWords } from './record-words.ts'
import type { RecordFormState } from './use-record-form.ts'

interface FieldProps<V extends FormValues> {
  state: RecordFormState<V>
  /** A field, or a line of one: 'local.city'. */
  name: FieldOf<V> | `${FieldOf<V>}.${string}`
}

/** The choices, and among them what is chosen already though it is archived. */
export const withChosen = (choices: Choice[], value: string | null | undefined, label: string | null | undefined) =>
  !value || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: label ?? value }]

interface Changed {
  onChange(event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>): void
}
const propsOf = <V extends FormValues>({ state, name }: FieldProps<V>, type?: 'checkbox') => ({
  id: state.idOf(name),
  label: state.words.fields[name],
  ...(state.form.getInputProps as (name: string, options?: { type: 'checkbox' }) => Changed)(name, type && { type }),
})

export type Keyboard = 'tel' | 'email' | 'numeric'

/** No `type="email"`: a browser takes spaces out of it and writes other letters of the domain in ASCII. */
export const typedOn = (keyboard: Keyboard) => ({
  inputMode: keyboard,
  ...(keyboard === 'tel' && { type: 'tel' }),
  ...(keyboard === 'email' && { autoCapitalize: 'none', spellCheck: false }),
})

interface TextFieldProps<V extends FormValues> extends FieldProps<V> {
  description?: string
  isWhole?: boolean
  isFirst?: boolean
  required?: boolean
  keyboard?: Keyboard
}

export function TextField<V extends FormValues>(props: TextFieldProps<V>) {
  const { description, isWhole = false, isFirst = false, required = false, keyboard } = props
  return (
    <TextInput
      autoComplete="off"
      withAsterisk={false}
      required={required}
      className={isWhole ? 'whole' : ''}
      {...(description && { description })}
      {...(keyboard && typedOn(keyboard))}
      {...(isFirst && { 'data-autofocus': true, autoFocus: true })}
      {...propsOf(props)}
    />
  )
}

/** It grows with what is typed, up to half a page. */
export function LongField<V extends FormValues>(props: FieldProps<V> & { description?: string }) {
  const { description } = props
  return (
    <Textarea
      rows={3}
      autoComplete="off"
      className="whole"
      classNames={{ input: 'grows' }}
      {...(description && { description })}
      {...propsOf(props)}
    />
  )
}

interface SelectFieldProps<V extends FormValues> extends FieldProps<V> {
  choices: readonly Choice[]
  /** What choosing nothing is called; without it something must be chosen. */
  none?: string
  description?: string
  isWhole?: boolean
  onChosen?(value: string): void
}

export function SelectField<V extends FormValues>(props: SelectFieldProps<V>) {
  const { state, name, choices, none, description, isWhole = false, onChosen } = props
  const data = none === undefined ? [...choices] : [{ value: '', label: none }, ...choices]
  const field = propsOf({ state, name })
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    field.onChange(event)
    onChosen?.(event.currentTarget.value)
  }
  return (
    <NativeSelect
      data={data}
      className={isWhole ? 'whole' : ''}
      {...(description && { description })}
      {...field}
      onChange={choose}
    />
  )
}

export function CheckField<V extends FormValues>(props: FieldProps<V>) {
  return <Checkbox className="whole" {...propsOf(props, 'checkbox')} />
}

export function DayField<V extends FormValues>({ state, name, description }: FieldProps<V> & { description?: string }) {
  const { form: words } = useWords(recordWords)
  const { form } = state
  const set = form.setFieldValue as (field: string, value: string) => void
  return (
    <DateField
      id={state.idOf(name)}
      label={state.words.fields[name] ?? ''}
      description={description ?? words.dateHint}
      value={String(form.values[name] ?? '')}
      error={form.errors[name]}
      onChange={(value) => set(name, value)}
      onBlur={() => void (form.validateField as (field: string) => unknown)(name)}
    />
  )
}
