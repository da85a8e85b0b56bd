import { Checkbox, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { roles } from '../../db/values.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { LeaveGuard } from '../records/leave-guard.tsx'
import { DateField } from '../ui/date-field.tsx'
import { Failure } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import '../ui/form.css'
import { PeoplePicker, SchoolsPicker } from './flag-pickers.tsx'
import type { Flag, Rules } from './flags-words.ts'
import { flagsWords, namedFlag } from './flags-words.ts'
import type { FlagForm as Form } from './use-flag-form.ts'
import { choices, useFlagForm } from './use-flag-form.ts'

interface FieldsProps {
  flag: Flag
  form: Form
}

function Choices({ flag, form }: FieldsProps) {
  const words = useWords(flagsWords).form
  const offered = choices.filter((choice) => choice !== 'some' || flag.per !== 'register')
  const labelOf = (choice: (typeof choices)[number]) =>
    choice === 'default' ? words.modes.default(flag.isOnByDefault) : words.modes[choice]
  return (
    <fieldset className="flag-choices">
      <legend>{words.label}</legend>
      {offered.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="flag-choice"
            checked={form.values.choice === choice}
            onChange={() => form.choose(choice)}
          />
          {labelOf(choice)}
        </label>
      ))}
    </fieldset>
  )
}

function People({ form }: { form: Form }) {
  const words = useWords(flagsWords).form
  const { roles: called } = useMessages()
  const { values, set } = form
  const toggle = (role: (typeof roles)[number], isIn: boolean) =>
    set({ roles: roles.filter((one) => (one === role ? isIn : values.roles.includes(one))) })
  return (
    <>
      <Checkbox
        label={words.owners}
        checked={values.includesOwners}
        onChange={(event) => set({ includesOwners: event.currentTarget.checked })}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: the section is the fieldset */}
      <div role="group" aria-labelledby="flag-roles" className="flag-roles">
        <span id="flag-roles" className="field-label">
          {words.roles}
        </span>
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={called[role]}
            checked={values.roles.includes(role)}
            onChange={(event) => toggle(role, event.currentTarget.checked)}
          />
        ))}
      </div>
      <PeoplePicker chosen={values.people} onChange={(people) => set({ people })} />
    </>
  )
}

function Some({ flag, form }: FieldsProps) {
  const words = useWords(flagsWords).form
  const { values, set, isWrong } = form
  return (
    <fieldset className="flag-some">
      <legend>{words.modes.some}</legend>
      <TextInput
        className="flag-percent"
        label={words.percent(flag.per)}
        description={words.percentHint}
        inputMode="numeric"
        maxLength={3}
        autoComplete="off"
        rightSection="%"
        value={values.percent}
        error={isWrong.percent && words.percentInvalid}
        onChange={(event) => set({ percent: event.currentTarget.value })}
      />
      <p className="flag-also">{words.also}</p>
      {flag.per === 'person' && <People form={form} />}
      <SchoolsPicker
        offered={flag.ofOwners?.schoolsToName ?? []}
        chosen={values.schools}
        onChange={(schools) => set({ schools })}
      />
    </fieldset>
  )
}

function From({ form }: { form: Form }) {
  const words = useWords(flagsWords).form
  const { values, set, isWrong } = form
  return (
    <div className="flag-from">
      <DateField
        id="flag-from"
        label={words.from}
        description={words.fromHint}
        value={values.date}
        error={isWrong.from && words.fromInvalid}
        onChange={(date) => set({ date })}
        onBlur={() => undefined}
      />
      <TextInput
        type="time"
        label={words.time}
        value={values.time}
        error={isWrong.from}
        onChange={(event) => set({ time: event.currentTarget.value })}
      />
    </div>
  )
}

export function FlagForm({ flag, rules }: { flag: Flag; rules: Rules }) {
  const all = useWords(flagsWords)
  const words = all.form
  const form = useFlagForm(flag, rules)
  const { choice } = form.values
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.save()
  }
  return (
    <form className="form" noValidate onSubmit={submit} aria-label={words.title}>
      <Failure>{form.failure}</Failure>
      <Choices flag={flag} form={form} />
      {choice === 'off' && <p className="dim">{words.offHint}</p>}
      {choice === 'some' && <Some flag={flag} form={form} />}
      {(choice === 'some' || choice === 'on') && <From form={form} />}
      {flag.needs.length > 0 && (
        <p className="dim">{words.needs(flag.needs.map((key) => namedFlag(all, key).title))}</p>
      )}
      <div className="form-end">
        <SubmitButton disabled={!form.isUnsaved} loading={form.isBusy}>
          {words.save}
        </SubmitButton>
      </div>
      <LeaveGuard isUnsaved={() => form.isUnsaved} draft={{ found: null, keep: () => false, discard: form.discard }} />
    </form>
  )
}
