import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DayKind } from '../../db/values.ts'
import { dayKinds, isOpenKind } from '../../db/values.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { DateField } from '../ui/date-field.tsx'
import { Failure } from '../ui/page.tsx'
import { calendarWords } from './calendar-words.ts'
import { HeldQuestion } from './held-question.tsx'
import type { CalendarDay, Schedule } from './month-grid.tsx'
import { useDayTold } from './month-grid.tsx'
import type { DayChange } from './use-change-days.ts'
import { useChangeDays } from './use-change-days.ts'

interface DayPanelProps {
  date: string
  /** The days that are known, the chosen one among them if it is stored. */
  stored: readonly CalendarDay[]
  schedules: readonly Schedule[]
  mayChange: boolean
}

/** What the day has of the cycle, and would lose. */
const lostDay = (day: CalendarDay | undefined, kind: DayKind): number | null =>
  day && !isOpenKind(kind) ? day.cycleDay : null

const sameAs = (day: CalendarDay | undefined, { kind, bellScheduleId }: DayChange): boolean =>
  kind === (day?.kind ?? 'instruction') && bellScheduleId === (day?.bellScheduleId ?? null)

/** Other bells first, since those days come up at six in the morning, as closures do. */
function useChoices(schedules: readonly Schedule[]): (DayChange & { label: string })[] {
  const { dayKinds: names } = useWords(timetableWords)
  const bells = schedules
    .filter(({ isDefault }) => !isDefault)
    .map(({ id, name }) => ({ kind: 'lateOrEarly' as const, bellScheduleId: id, label: name }))
  const kinds = dayKinds
    .filter((kind) => kind !== 'lateOrEarly' || !bells.length)
    .map((kind) => ({ kind, bellScheduleId: null, label: names[kind] }))
  const [open, ...others] = kinds
  return [...(open ? [open] : []), ...bells, ...others]
}

function Change({ date, stored, schedules }: DayPanelProps) {
  const { change: words } = useWords(calendarWords)
  const day = stored.find((one) => one.date === date)
  const [note, setNote] = useState(day?.note ?? '')
  const [asked, setAsked] = useState<DayChange | null>(null)
  const until = useDay('calendar-until', null)
  const choices = useChoices(schedules)
  const changing = useChangeDays(stored, () => setAsked(null))
  const range = { from: date, to: until.day && until.day > date ? until.day : date }
  const choose = (change: DayChange) => {
    if (lostDay(day, change.kind) !== null) setAsked(change)
    else changing.save(range, change, note, 'skip')
  }
  const current = { kind: day?.kind ?? ('instruction' as const), bellScheduleId: day?.bellScheduleId ?? null }
  const lost = asked && lostDay(day, asked.kind)
  return (
    <div className="day-change">
      <Failure>{changing.failure}</Failure>
      <HeldQuestion question={changing.question} isBusy={changing.isBusy} />
      {asked && lost !== null ? (
        <fieldset className="day-choices" disabled={changing.isBusy}>
          <legend>{words.asked(lost)}</legend>
          <Button variant="default" onClick={() => changing.save(range, asked, note, 'skip')}>
            {words.skip(lost)}
          </Button>
          <p className="dim">{words.skipHint}</p>
          <Button variant="default" onClick={() => changing.save(range, asked, note, 'shift')}>
            {words.shift}
          </Button>
          <p className="dim">{words.shiftHint(lost)}</p>
          <Button variant="subtle" color="gray" onClick={() => setAsked(null)}>
            {words.back}
          </Button>
        </fieldset>
      ) : (
        <fieldset className="day-choices" disabled={changing.isBusy}>
          <legend>{words.title}</legend>
          {choices.map(({ label, ...change }) => (
            <Button
              key={`${change.kind} ${change.bellScheduleId}`}
              variant="default"
              aria-pressed={sameAs(day, change)}
              onClick={() => choose(change)}
            >
              {label}
            </Button>
          ))}
        </fieldset>
      )}
      <TextInput
        id="calendar-note"
        label={words.note}
        description={words.noteHint}
        maxLength={500}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {note.trim() !== (day?.note ?? '') && (
        <Button variant="default" loading={changing.isBusy} onClick={() => changing.save(range, current, note, 'skip')}>
          {words.saveNote}
        </Button>
      )}
      <DateField label={words.until} {...until.field} description={words.untilHint} />
    </div>
  )
}

export function DayPanel(props: DayPanelProps) {
  const { date, stored, schedules, mayChange } = props
  const { page: words } = useWords(calendarWords)
  const { dayKinds: names } = useWords(timetableWords)
  const toldOf = useDayTold(schedules)
  const day = stored.find((one) => one.date === date)
  const facts = [
    day ? toldOf(day) || names[day.kind] : words.open,
    day && day.cycleDay !== null ? words.cycleDay(day.cycleDay) : '',
  ]
  return (
    <section className="day-panel" aria-labelledby="day-head">
      <h2 id="day-head">{words.day(date)}</h2>
      <p aria-live="polite">{facts.filter(Boolean).join(' · ')}</p>
      {mayChange && <Change key={`${date} ${day?.version ?? 0}`} {...props} />}
    </section>
  )
}
