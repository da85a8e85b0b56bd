import type { ReactNode } from 'react'
import { Fragment } from 'react'
import type { Details, Field, FieldOf, FormShape, FormValues } from './form-shape.ts'
import type { Keyboard } from './record-fields.tsx'
import { CheckField, DayField, LongField, SelectField, TextField } from './record-fields.tsx'
import type { RecordFormState } from './use-record-form.ts'

interface FieldProps<V extends FormValues> {
  state: RecordFormState<V>
  name: FieldOf<V>
  field: Field
  details: Details
  isFirst: boolean
}

/** The keyboards that a phone shows. */
const keyboards: Partial<Record<Field['is'], Keyboard>> = { email: 'email', number: 'numeric' }

function OneField<V extends FormValues>({ field, details, isFirst, ...props }: FieldProps<V>) {
  const { choices = [], isShown = true, onChosen, none, hint } = details
  const { is, isWhole = false, required = false, keyboard = keyboards[is] } = field
  const more = { ...props, isWhole, ...(hint !== undefined && { description: hint }) }
  if (!isShown) return null
  if (field.isLong) return <LongField {...more} />
  if (is === 'flag') return <CheckField {...props} />
  if (is === 'day') return <DayField {...more} />
  if (is === 'oneOf' || is === 'reference')
    return (
      <SelectField {...more} choices={choices} {...(none !== undefined && { none })} {...(onChosen && { onChosen })} />
    )
  return <TextField {...more} isFirst={isFirst} required={required} {...(keyboard && { keyboard })} />
}

interface FormFieldsProps<R, V extends FormValues> {
  state: RecordFormState<V>
  shape: FormShape<R, V>
  record?: R | undefined
  /** In the place of fields that the form shows in a way of its own. */
  own?: Partial<Record<string, ReactNode>>
  after?: Partial<Record<string, ReactNode>>
}

export function FormFields<R, V extends FormValues>(props: FormFieldsProps<R, V>) {
  const { state, shape, record, own = {}, after = {} } = props
  const details = shape.useDetails?.(record, state.form) ?? {}
  const legends = shape.useLegends?.() ?? {}
  const names = Object.keys(shape.fields) as FieldOf<V>[]
  const sections = new Map<string, FieldOf<V>[]>()
  let section = ''
  for (const name of names) {
    section = shape.fields[name]?.section ?? section
    sections.set(section, [...(sections.get(section) ?? []), name])
  }
  return [...sections].map(([key, within]) => (
    <fieldset key={key}>
      {legends[key] && <legend>{legends[key]}</legend>}
      {within.map((name) => {
        const field = shape.fields[name]
        return (
          <Fragment key={name}>
            {field ? (
              <OneField
                state={state}
                name={name}
                field={field}
                details={details[name] ?? {}}
                isFirst={name === names[0]}
              />
            ) : (
              own[name]
            )}
            {after[name]}
          </Fragment>
        )
      })}
    </fieldset>
  ))
}
