import { Checkbox, TextInput } from '@mantine/core'
import { isNumberPattern, longestPattern, writtenNumber } from '../../server/schools/input.ts'
import { useWords } from '../messages/messages.tsx'
import { useToday } from '../school.tsx'
import { settingsWords } from './settings-words.ts'
import type { SettingsForm } from './use-settings-form.ts'
import { settingId } from './use-settings-form.ts'

const usual = '{year}-####'

export function StudentNumbers({ form, next }: { form: SettingsForm; next: string | null }) {
  const { sections, numbers: words } = useWords(settingsWords)
  const { studentNumberPattern: pattern, studentNumberFrom: from } = form.values
  const year = useToday().slice(0, 4)
  const shown = () => {
    if (!form.isChanged('studentNumberPattern', 'studentNumberFrom')) return next === null ? '' : words.next(next)
    return pattern && isNumberPattern(pattern) && from >= 1 ? words.example(writtenNumber(pattern, from, year)) : ''
  }
  return (
    <fieldset className="settings-list">
      <legend>{sections.numbers}</legend>
      <Checkbox
        label={words.isGiven}
        description={words.hint}
        checked={pattern !== null}
        onChange={(event) => form.set({ studentNumberPattern: event.currentTarget.checked ? usual : null })}
      />
      {pattern !== null && (
        <>
          <div className="number-fields">
            <TextInput
              id={settingId('studentNumberPattern')}
              label={words.pattern}
              description={words.patternHint}
              value={pattern}
              maxLength={longestPattern}
              autoComplete="off"
              error={form.errors.studentNumberPattern}
              onChange={(event) => form.set({ studentNumberPattern: event.currentTarget.value })}
            />
            <TextInput
              id={settingId('studentNumberFrom')}
              label={words.from}
              inputMode="numeric"
              maxLength={9}
              autoComplete="off"
              value={from || ''}
              error={form.errors.studentNumberFrom}
              onChange={(event) =>
                form.set({ studentNumberFrom: Number(event.currentTarget.value.replace(/\D/g, '')) })
              }
            />
          </div>
          <p role="status">{shown()}</p>
        </>
      )}
    </fieldset>
  )
}
