import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useOpenDays, useWeekdays } from '../school.tsx'
import type { MeetingRow, RowErrors, RowField } from './meeting-rows.ts'
import { readTime } from './read-time.ts'
import { timetableWords } from './timetable-words.ts'
import type { ChosenPeriod } from './use-periods.ts'

export const rowFieldId = (key: number, field: RowField): string => `meeting-${key}-${field}`

interface MeetingRowProps {
  row: MeetingRow
  number: number
  rooms: { id: string; name: string }[]
  periods: readonly ChosenPeriod[]
  /** Shown once a field was left, or a save was tried. */
  errors: RowErrors
  onChange(fields: Partial<MeetingRow>): void
  onLeave(field: RowField): void
  onRemove(): void
  children: ReactNode
}

function Days({ row, errors, onChange, onLeave }: MeetingRowProps) {
  const words = useWords(timetableWords)
  const { key, weekdays, cycleDay } = row
  const open = useOpenDays()
  const week = useWeekdays()
  if (cycleDay !== null)
    return (
      <TextInput
        id={rowFieldId(key, 'days')}
        className="meeting-cycle"
        inputMode="numeric"
        autoComplete="off"
        label={words.edit.cycleDay}
        value={cycleDay}
        error={errors.days}
        onChange={(event) => onChange({ cycleDay: event.currentTarget.value })}
        onBlur={() => onLeave('days')}
      />
    )
  const toggle = (day: number, isOn: boolean) =>
    onChange({ weekdays: isOn ? [...weekdays, day].toSorted() : weekdays.filter((one) => one !== day) })
  return (
    <div className="meeting-days">
      <span className="field-label" id={`${key}-days`}>
        {words.edit.days}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: the whole row is the fieldset */}
      <div className="day-toggles" role="group" aria-labelledby={`${key}-days`}>
        {week.map((day) => (
          <label key={day} className="day-toggle" data-closed={!open.includes(day) || undefined}>
            <input
              type="checkbox"
              {...(day === week[0] && { id: rowFieldId(key, 'days') })}
              aria-label={words.weekday(day)}
              checked={weekdays.includes(day)}
              onChange={(event) => toggle(day, event.currentTarget.checked)}
            />
            <span aria-hidden>{words.shortWeekday(day)}</span>
          </label>
        ))}
      </div>
      <button
        type="button"
        className="as-link"
        onClick={() => onChange({ weekdays: weekdays.length ? [] : [...open] })}
      >
        {weekdays.length ? words.edit.noDay : words.everyDay([...open])}
      </button>
      {errors.days && <p className="field-error">{errors.days}</p>}
    </div>
  )
}

/** Typed as people do, and written out once it is left. */
function TimeField(props: MeetingRowProps & { field: 'start' | 'end' }) {
  const { row, field, errors, onChange, onLeave } = props
  const words = useWords(timetableWords)
  const leave = () => {
    const read = readTime(row[field])
    if (read) onChange({ [field]: words.time(read) })
    onLeave(field)
  }
  return (
    <TextInput
      id={rowFieldId(row.key, field)}
      className="meeting-time"
      autoComplete="off"
      label={words.edit[field]}
      value={row[field]}
      error={errors[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      onBlur={leave}
    />
  )
}

/** A meeting in a period has its times: the bells say them. */
function Times(props: MeetingRowProps) {
  const { row, periods, onChange } = props
  const words = useWords(timetableWords)
  const period = periods.find(({ id }) => id === row.periodId)
  const choose = (id: string) => {
    const times = periods.find((one) => one.id === id)?.times
    onChange({
      periodId: id,
      ...(times && { start: words.time(times.startTime), end: words.time(times.endTime) }),
    })
  }
  return (
    <>
      {periods.length > 0 && (
        <NativeSelect
          className="meeting-room"
          label={words.edit.period}
          data={[
            { value: '', label: words.edit.ownTimes },
            ...periods.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={row.periodId}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      {period?.times ? (
        <p className="meeting-bells dim">{words.times(period.times.startTime, period.times.endTime)}</p>
      ) : (
        <>
          <TimeField {...props} field="start" />
          <TimeField {...props} field="end" />
        </>
      )}
    </>
  )
}

export function MeetingRowFields(props: MeetingRowProps) {
  const { row, number, rooms, onChange, onRemove, children } = props
  const { edit: words } = useWords(timetableWords)
  return (
    <fieldset className="meeting-row" aria-label={words.row(number)}>
      <div className="meeting-fields">
        <Days {...props} />
        <Times {...props} />
        <NativeSelect
          className="meeting-room"
          label={words.room}
          data={[{ value: '', label: words.noRoom }, ...rooms.map(({ id, name }) => ({ value: id, label: name }))]}
          value={row.roomId}
          onChange={(event) => onChange({ roomId: event.currentTarget.value })}
        />
        <ActionIcon
          className="meeting-remove"
          variant="subtle"
          color="gray"
          size={34}
          aria-label={words.remove(number)}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      {children}
    </fieldset>
  )
}
