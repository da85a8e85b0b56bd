import type { KeyboardEvent } from 'react'
import { useEffect, useRef } from 'react'
import { isOpenKind } from '../../db/values.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useWords } from '../messages/messages.tsx'
import { useWeekdays } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { calendarWords } from './calendar-words.ts'
import { dayByKey, monthOf, weeksOf } from './month-days.ts'

export type CalendarDay = Outputs['calendars']['days']['days'][number]
export type Schedule = Outputs['calendars']['days']['schedules'][number]

interface MonthGridProps {
  month: string
  today: string
  chosen: string
  days: readonly CalendarDay[]
  schedules: readonly Schedule[]
  onChoose(day: string): void
}

/** What is said of a day: its kind where it is not usual, its note, its bells. */
export function useDayTold(schedules: readonly Schedule[]) {
  const { dayTold } = useWords(timetableWords)
  return (day: CalendarDay): string => {
    const bells = schedules.find(({ id }) => id === day.bellScheduleId)?.name
    const told = dayTold(bells && day.kind === 'lateOrEarly' && !day.note ? { ...day, kind: 'instruction' } : day)
    return [told, bells].filter(Boolean).join(' · ')
  }
}

function DayCell({
  date,
  day,
  told,
  ...props
}: { date: string; day: CalendarDay | undefined; told: string } & Pick<
  MonthGridProps,
  'month' | 'today' | 'chosen' | 'onChoose'
>) {
  const { page: words } = useWords(calendarWords)
  const isToday = date === props.today
  const cycle = day && day.cycleDay !== null ? words.cycleDay(day.cycleDay) : ''
  const isClosed = day && !isOpenKind(day.kind)
  const label = [words.day(date), isToday && words.isToday, told || (isClosed ? words.weekend : ''), cycle]
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: in a grid it is a gridcell
    <td
      data-kind={day?.kind}
      data-outside={monthOf(date) !== props.month || undefined}
      data-today={isToday || undefined}
      aria-selected={date === props.chosen}
    >
      <button
        type="button"
        data-day={date}
        tabIndex={date === props.chosen ? 0 : -1}
        onClick={() => props.onChoose(date)}
      >
        <span className="visually-hidden">{label.filter(Boolean).join(', ')}</span>{' '}
        <span className="day-number digits" aria-hidden>
          {Number(date.slice(8))}
        </span>
        {cycle && (
          <span className="day-cycle dim" aria-hidden>
            {cycle}
          </span>
        )}
        {told && (
          <span className="day-says" aria-hidden>
            {told}
          </span>
        )}
      </button>
    </td>
  )
}

/** A month by weeks. The arrows go from day to day, Page Up and Page Down from month to month. */
export function MonthGrid(props: MonthGridProps) {
  const { month, chosen, days, schedules, onChoose } = props
  const { page: words } = useWords(calendarWords)
  const { shortWeekday, weekday } = useWords(timetableWords)
  const week = useWeekdays()
  const toldOf = useDayTold(schedules)
  const table = useRef<HTMLTableElement>(null)
  const isByKey = useRef(false)
  useEffect(() => {
    if (isByKey.current) table.current?.querySelector<HTMLButtonElement>(`[data-day="${chosen}"]`)?.focus()
    isByKey.current = false
  }, [chosen])
  const byDate = new Map(days.map((day) => [day.date, day]))
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : dayByKey(event.key, chosen, week[0])
    if (!next) return
    event.preventDefault()
    isByKey.current = true
    onChoose(next)
  }
  return (
    <table
      ref={table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the keys walk through the days
      role="grid"
      className="month"
      aria-label={`${words.grid}: ${words.month(month)}`}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {week.map((day) => (
            <th key={day} scope="col" abbr={weekday(day)}>
              {shortWeekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month, week[0]).map((dates) => (
          <tr key={dates[0]}>
            {dates.map((date) => {
              const day = byDate.get(date)
              return <DayCell key={date} {...props} date={date} day={day} told={day ? toldOf(day) : ''} />
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
