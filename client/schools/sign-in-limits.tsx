import { NativeSelect } from '@mantine/core'
import { idleMinutes, sessionHours } from '../../server/schools/input.ts'
import { useWords } from '../messages/messages.tsx'
import { settingsWords } from './settings-words.ts'
import type { SettingsForm } from './use-settings-form.ts'
import { settingId } from './use-settings-form.ts'

const minutesOffered = [5, 10, 15, 30, 60, 120, 240]
const hoursOffered = [1, 2, 4, 8, 10, 12]

/** One that the command line or another version has set is offered too. */
const withOwn = (offered: readonly number[], own: number | null) =>
  [...new Set([...offered, ...(own === null ? [] : [own])])].toSorted((a, b) => a - b)

const chosen = (text: string) => (text === '' ? null : Number(text))

export function SignInLimits({ form }: { form: SettingsForm }) {
  const { sections, signIn: words } = useWords(settingsWords)
  const { values } = form
  const lasting = (minutes: number) => (minutes % 60 ? words.minutes(minutes) : words.hours(minutes / 60))
  return (
    <fieldset>
      <legend>{sections.signIn}</legend>
      <p className="dim whole">{words.hint}</p>
      <NativeSelect
        id={settingId('idleMinutes')}
        label={words.idle}
        value={values.idleMinutes ?? ''}
        data={[
          ...withOwn(minutesOffered, values.idleMinutes).map((one) => ({ value: String(one), label: lasting(one) })),
          { value: '', label: words.ofRegister(idleMinutes.most / 60) },
        ]}
        onChange={(event) => form.set({ idleMinutes: chosen(event.currentTarget.value) })}
      />
      <NativeSelect
        id={settingId('sessionHours')}
        label={words.longest}
        value={values.sessionHours ?? ''}
        data={[
          ...withOwn(hoursOffered, values.sessionHours).map((one) => ({ value: String(one), label: words.hours(one) })),
          { value: '', label: words.ofRegister(sessionHours.most) },
        ]}
        onChange={(event) => form.set({ sessionHours: chosen(event.currentTarget.value) })}
      />
    </fieldset>
  )
}
