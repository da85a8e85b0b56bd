import { ActionIcon, Button, TextInput } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { UsualTerm } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { DayOfYear } from './day-of-year.tsx'
import { settingsWords } from './settings-words.ts'
import type { SettingsForm } from './use-settings-form.ts'
import { isDay, settingId } from './use-settings-form.ts'

function TermRow({ term, place, isTried, onChange, onRemove }: TermRowProps) {
  const { year } = useWords(settingsWords)
  const called = term.name.trim() || year.unnamed
  return (
    <li className="term-row">
      <TextInput
        {...(place === 1 && { id: settingId('usualTerms') })}
        label={year.termName(place)}
        value={term.name}
        error={isTried && !term.name.trim()}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => onChange({ ...term, name: event.currentTarget.value })}
      />
      <DayOfYear
        label={year.termBegins(called)}
        value={term.begins || null}
        isWrong={isTried && !isDay(term.begins)}
        onChange={(begins) => onChange({ ...term, begins: begins ?? '' })}
      />
      <DayOfYear
        label={year.termEnds(called)}
        value={term.ends || null}
        isWrong={isTried && !isDay(term.ends)}
        onChange={(ends) => onChange({ ...term, ends: ends ?? '' })}
      />
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={year.remove(called)} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  )
}
interface TermRowProps {
  term: UsualTerm
  place: number
  isTried: boolean
  onChange(term: UsualTerm): void
  onRemove(): void
}

export function UsualYear({ form }: { form: SettingsForm }) {
  const { sections, year } = useWords(settingsWords)
  const { values, errors } = form
  const terms = values.usualTerms
  const set = (usualTerms: UsualTerm[]) => form.set({ usualTerms })
  return (
    <fieldset className="settings-list">
      <legend>{sections.year}</legend>
      <p className="dim">{year.hint}</p>
      <div className="usual-days">
        <DayOfYear
          id={settingId('yearBegins')}
          label={year.begins}
          value={values.yearBegins}
          error={errors.yearBegins}
          onChange={(yearBegins) => form.set({ yearBegins })}
        />
        <DayOfYear
          id={settingId('yearEnds')}
          label={year.ends}
          value={values.yearEnds}
          error={errors.yearEnds}
          onChange={(yearEnds) => form.set({ yearEnds })}
        />
      </div>
      {terms.length > 0 && (
        <ol className="term-rows">
          {terms.map((term, index) => (
            <TermRow
              // biome-ignore lint/suspicious/noArrayIndexKey: while it is typed, two may be the same
              key={index}
              term={term}
              place={index + 1}
              isTried={Boolean(errors.usualTerms)}
              onChange={(changed) => set(terms.map((one, at) => (at === index ? changed : one)))}
              onRemove={() => set(terms.filter((_, at) => at !== index))}
            />
          ))}
        </ol>
      )}
      {errors.usualTerms && <p className="field-error">{errors.usualTerms}</p>}
      <div>
        <Button
          variant="default"
          disabled={terms.length >= 12}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => set([...terms, { name: year.newTerm(terms.length + 1), begins: '', ends: '' }])}
        >
          {year.add}
        </Button>
      </div>
    </fieldset>
  )
}
