import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useMemo, useState } from 'react'
import { daysAtMost, holidaysAtMost } from '../../server/calendars/input.ts'
import { useTerms } from '../classes/class-choices.ts'
import { useUndo } from '../lists/use-undo.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useOpenDays, useSchool, useToday, useTrpc, useWeekdays } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { BackLabel, Failure, PageHead } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { calendarWords } from './calendar-words.ts'
import { HeldQuestion } from './held-question.tsx'
import type { Range } from './holiday.ts'
import { within } from './holiday.ts'
import { readHolidayFile } from './read-holiday-file.ts'
import { readHolidayLines } from './read-holidays.ts'
import { useHeldDays } from './use-held-days.ts'
import './calendar.css'
import '../ui/form.css'
import '../meetings/meeting-rows.css'

/** The year that goes on or comes next, as the terms say; else nothing is proposed. */
function useProposedYear() {
  const terms = useTerms()
  const today = useToday()
  const years = terms.filter(({ type, endDate }) => type === 'schoolYear' && endDate >= today)
  return years.toSorted((a, b) => (a.startDate < b.startDate ? -1 : 1))[0]
}

function Weekdays({ chosen, onChange, error }: { chosen: number[]; onChange(days: number[]): void; error: string }) {
  const { layOut: words } = useWords(calendarWords)
  const { weekday, shortWeekday } = useWords(timetableWords)
  const week = useWeekdays()
  const toggle = (day: number, isOn: boolean) =>
    onChange(isOn ? [...chosen, day].toSorted() : chosen.filter((one) => one !== day))
  return (
    <div className="meeting-days">
      <span className="field-label" id="open-on">
        {words.weekdays}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: the whole row is the fieldset */}
      <div className="day-toggles" role="group" aria-labelledby="open-on">
        {week.map((day) => (
          <label key={day} className="day-toggle">
            <input
              type="checkbox"
              {...(day === week[0] && { id: 'year-weekdays' })}
              aria-label={weekday(day)}
              checked={chosen.includes(day)}
              onChange={(event) => toggle(day, event.currentTarget.checked)}
            />
            <span aria-hidden>{shortWeekday(day)}</span>
          </label>
        ))}
      </div>
      {error && <p className="field-error">{error}</p>}
    </div>
  )
}

/** Nobody reads more; a large file may hold thousands. */
const shownAtMost = 50

/** What is pasted, and what a file brought beside it: of both, what lies in the year. */
function useHolidays(range: Range) {
  const { locale } = useFormats()
  const { timeZone } = useSchool()
  const [text, setText] = useState('')
  const [file, setFile] = useState('')
  const { from, to } = range
  const lines = useMemo(() => readHolidayLines(text, locale, { from, to }), [text, locale, from, to])
  const ofFile = useMemo(() => readHolidayFile(file, { from, to }, timeZone), [file, from, to, timeZone])
  const holidays = within([...lines.holidays, ...ofFile.holidays], range)
  const readFile = (chosen: File | null) => void chosen?.text().then(setFile)
  return {
    text,
    setText,
    readFile,
    holidays,
    unread: lines.unread,
    ...{ timed: ofFile.timed, repeated: ofFile.repeated },
  }
}

function Holidays({ text, setText, readFile, holidays, unread, timed, repeated }: ReturnType<typeof useHolidays>) {
  const { layOut: words } = useWords(calendarWords)
  const { date } = useFormats()
  const wrong = [
    ...(holidays.length > holidaysAtMost ? [words.tooMany(holidaysAtMost)] : []),
    ...repeated.map(words.repeated),
    ...unread.map(words.unread),
  ]
  const toMend = [...new Set(wrong)].slice(0, shownAtMost)
  return (
    <>
      <Textarea
        id="year-holidays"
        label={words.holidays}
        description={words.holidaysHint}
        rows={5}
        classNames={{ input: 'grows' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <FileButton accept=".ics,text/calendar" onChange={readFile}>
          {(props) => (
            <Button variant="default" {...props}>
              {words.file}
            </Button>
          )}
        </FileButton>
      </div>
      <div role="status">
        {holidays.length > 0 && <p className="dim">{words.found(holidays.length)}</p>}
        <ul className="holidays-read dim">
          {holidays.slice(0, shownAtMost).map(({ from, to, note }) => (
            <li key={`${from} ${to} ${note}`}>
              {[from === to ? date(from) : `${date(from)} – ${date(to)}`, note].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
        {holidays.length > shownAtMost && <p className="dim">…</p>}
        {timed > 0 && <p className="dim">{words.timed(timed)}</p>}
        {toMend.map((line) => (
          <p key={line} className="field-error">
            {line}
          </p>
        ))}
      </div>
    </>
  )
}

const cycleOf = (typed: string): number | null | undefined => {
  if (!typed.trim()) return null
  const length = Number(typed)
  return Number.isInteger(length) && length >= 2 && length <= 30 ? length : undefined
}
const isRange = ({ from, to }: Range) => from <= to && (Date.parse(to) - Date.parse(from)) / 86_400_000 < daysAtMost

function useLayOut() {
  const { layOut: words, change } = useWords(calendarWords)
  const { slug } = useSchool()
  const trpc = useTrpc()
  const navigate = useNavigate()
  const say = useUndo(change)
  const { mutate, isPending } = useMutation(
    trpc.calendars.layOut.mutationOptions({
      onSuccess: (answer, { from }) => {
        say(words.saved, operationIdOf(answer))
        const day = from > answer.today ? { day: from } : {}
        void navigate({ to: '/$school/calendar', params: { school: slug }, search: day })
      },
      onError: (error, input) => held.refused(error, input),
    }),
  )
  const held = useHeldDays<Inputs['calendars']['layOut']>((input) => mutate(input))
  const save = (input: Inputs['calendars']['layOut']) => {
    held.clear()
    mutate(input)
  }
  return { save, failure: held.failure, question: held.question, isBusy: isPending }
}

function YearForm({ proposed }: { proposed: { startDate: string; endDate: string } | undefined }) {
  const { layOut: words } = useWords(calendarWords)
  const from = useDay('year-from', proposed?.startDate ?? null, words.missing)
  const to = useDay('year-to', proposed?.endDate ?? null, words.missing)
  const [weekdays, setWeekdays] = useState([...useOpenDays()])
  const [cycle, setCycle] = useState('')
  const [isTried, setTried] = useState(false)
  const range = { from: from.day ?? '', to: to.day ?? '' }
  const holidays = useHolidays(range)
  const laying = useLayOut()
  const cycleLength = cycleOf(cycle)
  const isOrdered = !from.day || !to.day || isRange(range)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    for (const day of [from, to]) day.show()
    if (!from.day) return goToField('year-from')
    if (!to.day || !isOrdered) return goToField('year-to')
    if (!weekdays.length) return goToField('year-weekdays')
    if (cycleLength === undefined) return goToField('year-cycle')
    if (holidays.holidays.length > holidaysAtMost) return goToField('year-holidays')
    laying.save({ ...range, weekdays, cycleLength, holidays: holidays.holidays })
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      <Failure>{laying.failure}</Failure>
      <HeldQuestion question={laying.question} isBusy={laying.isBusy} />
      <div className="two-days">
        <DateField label={words.from} {...from.field} />
        <DateField label={words.to} {...to.field} error={to.field.error ?? (isTried && !isOrdered && words.order)} />
      </div>
      <Weekdays
        chosen={weekdays}
        onChange={setWeekdays}
        error={isTried && !weekdays.length ? words.weekdaysMissing : ''}
      />
      <TextInput
        id="year-cycle"
        inputMode="numeric"
        autoComplete="off"
        label={words.cycle}
        description={words.cycleHint}
        value={cycle}
        error={isTried && cycleLength === undefined && words.cycleInvalid}
        onChange={(event) => setCycle(event.currentTarget.value)}
      />
      <Holidays {...holidays} />
      <div className="form-end">
        <SubmitButton loading={laying.isBusy}>{words.save}</SubmitButton>
      </div>
    </form>
  )
}

/** A year by its pattern: from when to when, on which days, and what is closed. */
export function LayOutPage() {
  const { layOut: words } = useWords(calendarWords)
  const { slug, name } = useSchool()
  const proposed = useProposedYear()
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <Link to="/$school/calendar" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} />
      <p className="dim calendar-intro">{words.hint}</p>
      <YearForm key={proposed?.startDate ?? ''} proposed={proposed} />
    </div>
  )
}
