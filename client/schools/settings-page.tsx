import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { localeChoices, timeZoneChoices } from '../auth/locales.ts'
import { formatsFor } from '../messages/formats.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { weekFormats } from '../messages/week-formats.ts'
import { LeaveGuard } from '../records/leave-guard.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import '../ui/form.css'
import { NotRead } from '../ui/not-read.tsx'
import { Failure, PageHead, Waiting } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { GradeLevels } from './grade-levels.tsx'
import './settings.css'
import { settingsWords } from './settings-words.ts'
import { SignInLimits } from './sign-in-limits.tsx'
import { StudentNumbers } from './student-numbers.tsx'
import type { Settings, SettingsForm } from './use-settings-form.ts'
import { settingId, useSettingsForm } from './use-settings-form.ts'
import { UsualYear } from './usual-year.tsx'

function SchoolFields({ form }: { form: SettingsForm }) {
  const { sections, school } = useWords(settingsWords)
  const { locale: reader } = useFormats()
  const { name, timeZone, locale } = form.values
  const written = formatsFor(locale, timeZone)
  return (
    <fieldset>
      <legend>{sections.school}</legend>
      <TextInput
        id={settingId('name')}
        className="whole"
        label={school.name}
        value={name}
        maxLength={200}
        autoComplete="off"
        error={form.errors.name}
        onChange={(event) => form.set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={school.timeZone}
        description={school.timeZoneHint}
        data={timeZoneChoices(timeZone)}
        value={timeZone}
        onChange={(event) => form.set({ timeZone: event.currentTarget.value })}
      />
      <NativeSelect
        label={school.locale}
        description={school.example(written.today(), written.number(1234.5))}
        data={localeChoices(locale, reader)}
        value={locale}
        onChange={(event) => form.set({ locale: event.currentTarget.value })}
      />
    </fieldset>
  )
}

function Week({ form }: { form: SettingsForm }) {
  const { sections, week } = useWords(settingsWords)
  const days = weekFormats(useFormats())
  const { weekdays } = form.values
  const toggle = (day: number, isOn: boolean) =>
    form.set({ weekdays: isOn ? [...weekdays, day].toSorted() : weekdays.filter((one) => one !== day) })
  return (
    <fieldset className="settings-list">
      <legend>{sections.week}</legend>
      {/* biome-ignore lint/a11y/useSemanticElements: the section is the fieldset */}
      <div role="group" aria-labelledby="open-on" className="open-days">
        <span id="open-on" className="field-label">
          {week.open}
        </span>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day}
            {...(day === 1 && { id: settingId('weekdays') })}
            label={days.weekday(day)}
            checked={weekdays.includes(day)}
            onChange={(event) => toggle(day, event.currentTarget.checked)}
          />
        ))}
      </div>
      <p className="dim">{week.hint}</p>
      {form.errors.weekdays && <p className="field-error">{form.errors.weekdays}</p>}
    </fieldset>
  )
}

function SettingsFields({ settings }: { settings: Settings }) {
  const words = useWords(settingsWords)
  const form = useSettingsForm(settings)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.save()
  }
  return (
    <form className="form settings" noValidate onSubmit={submit}>
      <Failure>{form.failure}</Failure>
      <SchoolFields form={form} />
      <Week form={form} />
      <GradeLevels form={form} />
      <StudentNumbers form={form} next={settings.nextStudentNumber} />
      <UsualYear form={form} />
      <SignInLimits form={form} />
      <div className="form-end">
        <SubmitButton disabled={!form.isUnsaved} loading={form.isBusy}>
          {words.save}
        </SubmitButton>
      </div>
      <LeaveGuard isUnsaved={() => form.isUnsaved} draft={{ found: null, keep: () => false, discard: form.discard }} />
    </form>
  )
}

/** What holds for the whole school. Everything can be changed again. */
export function SettingsPage() {
  const words = useWords(settingsWords)
  const { name } = useSchool()
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.schools.get.queryOptions())
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <PageHead title={words.title} />
      {data && <SettingsFields settings={data} />}
      {!data && error && <NotRead title={words.failed} error={error} />}
      {!data && !error && <Waiting lines={10} />}
    </div>
  )
}
