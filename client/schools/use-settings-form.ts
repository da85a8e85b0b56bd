import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { isNumberPattern } from '../../server/schools/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import type { Words } from '../messages/catalog.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { freshSession } from '../session.ts'
import type { Inputs, Outputs } from '../trpc.ts'
import { goToField } from '../ui/go-to-field.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { sameGrade } from './grade-list.ts'
import { settingsWords } from './settings-words.ts'

export type Settings = Outputs['schools']['get']
type Sent = Omit<Inputs['schools']['update'], 'version'>
export type SettingsValues = Pick<Settings, keyof Sent & keyof Settings>
export type SettingName = keyof SettingsValues

const names: readonly SettingName[] = [
  'name',
  'timeZone',
  'locale',
  'weekdays',
  'gradeLevels',
  'studentNumberPattern',
  'studentNumberFrom',
  'yearBegins',
  'yearEnds',
  'usualTerms',
  'idleMinutes',
  'sessionHours',
]
export const settingId = (name: SettingName): string => `setting-${name}`

/** A day of the year that lacks its month or its day is 'MM-' or '-DD' while it is chosen. */
export const isDay = (day: string): boolean => /^\d\d-\d\d$/.test(day)
const isWhole = (day: string | null) => day === null || isDay(day)

type Errors = Partial<Record<SettingName, string>>
function errorsIn(values: SettingsValues, words: Words['schoolSettings']): Errors {
  const { name, weekdays, gradeLevels, studentNumberPattern, studentNumberFrom, usualTerms } = values
  const alike = sameGrade(gradeLevels)
  const errors: Record<SettingName, string | false> = {
    name: !name.trim() && words.school.nameMissing,
    timeZone: false,
    locale: false,
    weekdays: !weekdays.length && words.week.missing,
    gradeLevels: gradeLevels.some((one) => !one.name.trim())
      ? words.grades.nameMissing
      : alike.length > 0 && words.grades.twice(alike),
    studentNumberPattern:
      studentNumberPattern !== null && !isNumberPattern(studentNumberPattern) && words.numbers.patternInvalid,
    studentNumberFrom:
      !(Number.isInteger(studentNumberFrom) && studentNumberFrom >= 1 && studentNumberFrom <= 999_999_999) &&
      words.numbers.fromInvalid,
    yearBegins: !isWhole(values.yearBegins) && words.year.yearInvalid,
    yearEnds: !isWhole(values.yearEnds) && words.year.yearInvalid,
    usualTerms:
      usualTerms.some(({ name, begins, ends }) => !(name.trim() && isDay(begins) && isDay(ends))) &&
      words.year.termInvalid,
    idleMinutes: false,
    sessionHours: false,
  }
  return Object.fromEntries(Object.entries(errors).filter(([, said]) => said))
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What others save meanwhile comes in where nothing was typed; only what differs is sent. */
export function useSettingsForm(settings: Settings) {
  const words = useWords(settingsWords)
  const messages = useMessages()
  const router = useRouter()
  const trpc = useTrpc()
  const say = useUndo(words)
  const [edits, setEdits] = useState<Partial<SettingsValues>>({})
  const [version, setVersion] = useState<number>()
  const [isTried, setTried] = useState(false)
  const values: SettingsValues = { ...settings, ...edits }
  const changed = names.filter((name) => !isSame(values[name], settings[name]))
  const errors = errorsIn(values, words)
  const update = useMutation(
    trpc.schools.update.mutationOptions({
      onSuccess: async (answer) => {
        setEdits({})
        setVersion(undefined)
        setTried(false)
        say(words.saved, operationIdOf(answer))
        await freshSession()
        await router.invalidate()
      },
      onError: (error) => knownError(error)?.reason === 'school.stale' && setVersion(undefined),
    }),
  )
  const set = (fields: Partial<SettingsValues>) => {
    setVersion((seen) => seen ?? settings.version)
    setEdits((typed) => ({ ...typed, ...fields }))
  }
  const save = () => {
    setTried(true)
    const wrong = names.find((name) => errors[name])
    if (wrong) return goToField(settingId(wrong))
    const sent = Object.fromEntries(changed.map((name) => [name, values[name]])) as Sent
    update.mutate({ ...sent, version: version ?? settings.version })
  }
  return {
    values,
    set,
    save,
    errors: isTried ? errors : {},
    isUnsaved: changed.length > 0,
    isChanged: (...of: SettingName[]) => of.some((name) => changed.includes(name)),
    isBusy: update.isPending,
    failure: update.error && sentenceOf(update.error, messages),
    discard: () => setEdits({}),
  }
}
export type SettingsForm = ReturnType<typeof useSettingsForm>
