import { ActionIcon, Button, TextInput } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import type { Draft } from '../drafts/use-draft.ts'
import { useUndo } from '../lists/use-undo.ts'
import { readTime } from '../meetings/read-time.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useWords } from '../messages/messages.tsx'
import { LeaveGuard } from '../records/leave-guard.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { goToField } from '../ui/go-to-field.ts'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Failure, PageHead, Waiting } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import type { Bells, TypedBells, TypedPeriod, TypedSchedule } from './bells-form.ts'
import { inputOf, isTyped, typedOf, withoutSchedule, withPeriod, withSchedule, wrongIn } from './bells-form.ts'
import { calendarWords } from './calendar-words.ts'
import { HeldQuestion } from './held-question.tsx'
import { useHeldDays } from './use-held-days.ts'
import './calendar.css'
import '../ui/form.css'

interface Editing {
  bells: TypedBells
  change(bells: TypedBells): void
  /** What is said of a field, once a save was tried. */
  errorOf(field: string): string | undefined
}

function ScheduleHead({
  bells,
  change,
  errorOf,
  schedule,
  number,
}: Editing & { schedule: TypedSchedule; number: number }) {
  const { bells: words } = useWords(calendarWords)
  const { key, name, isDefault } = schedule
  const set = (fields: (one: TypedSchedule) => Partial<TypedSchedule>) =>
    change({ ...bells, schedules: bells.schedules.map((one) => ({ ...one, ...fields(one) })) })
  return (
    <th scope="col">
      <div className="bell-times">
        <TextInput
          id={`schedule ${key}`}
          className="bell-name"
          aria-label={words.schedule(number)}
          maxLength={100}
          value={name}
          error={errorOf(`schedule ${key}`)}
          onChange={({ currentTarget: { value } }) => set((one) => (one.key === key ? { name: value } : {}))}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={words.removeSchedule(name)}
          onClick={() => change(withoutSchedule(bells, key))}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </div>
      <label className="bell-usual">
        <input
          type="radio"
          name="usual"
          aria-label={words.makeUsual(name)}
          checked={isDefault}
          onChange={() => set((one) => ({ isDefault: one.key === key }))}
        />
        <span aria-hidden>{words.usual}</span>
      </label>
    </th>
  )
}

function Times({
  bells,
  change,
  errorOf,
  period,
  schedule,
}: Editing & { period: TypedPeriod; schedule: TypedSchedule }) {
  const { bells: words } = useWords(calendarWords)
  const { time } = useWords(timetableWords)
  const typed = schedule.times[period.key] ?? { start: '', end: '' }
  const set = (fields: Partial<typeof typed>) => {
    const times = { ...schedule.times, [period.key]: { ...typed, ...fields } }
    change({ ...bells, schedules: bells.schedules.map((one) => (one.key === schedule.key ? { ...one, times } : one)) })
  }
  const leave = (field: 'start' | 'end') => {
    const read = readTime(typed[field])
    if (read) set({ [field]: time(read) })
  }
  const id = `${period.key} ${schedule.key}`
  return (
    <td>
      <div className="bell-times">
        {(['start', 'end'] as const).map((field) => (
          <TextInput
            key={field}
            {...(field === 'start' && { id })}
            className="bell-time"
            autoComplete="off"
            aria-label={(field === 'start' ? words.begins : words.ends)(period.name, schedule.name)}
            value={typed[field]}
            error={Boolean(errorOf(id))}
            onChange={(event) => set({ [field]: event.currentTarget.value })}
            onBlur={() => leave(field)}
          />
        ))}
      </div>
      {errorOf(id) && <p className="field-error">{errorOf(id)}</p>}
    </td>
  )
}

function PeriodRow({ period, number, ...editing }: Editing & { period: TypedPeriod; number: number }) {
  const { bells: words } = useWords(calendarWords)
  const { bells, change, errorOf } = editing
  const { key, code, name } = period
  const set = (fields: Partial<TypedPeriod>) =>
    change({ ...bells, periods: bells.periods.map((one) => (one.key === key ? { ...one, ...fields } : one)) })
  return (
    <tr>
      <td>
        <TextInput
          id={`code ${key}`}
          className="bell-code"
          aria-label={words.code(number)}
          maxLength={20}
          value={code}
          error={errorOf(`code ${key}`)}
          onChange={(event) => set({ code: event.currentTarget.value })}
        />
      </td>
      <td>
        <TextInput
          id={`name ${key}`}
          className="bell-name"
          aria-label={words.name(number)}
          maxLength={100}
          value={name}
          error={errorOf(`name ${key}`)}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </td>
      {bells.schedules.map((schedule) => (
        <Times key={schedule.key} {...editing} period={period} schedule={schedule} />
      ))}
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={words.removePeriod(name)}
          onClick={() => change({ ...bells, periods: bells.periods.filter((one) => one.key !== key) })}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  )
}

function BellTable(editing: Editing) {
  const { bells: words } = useWords(calendarWords)
  const { periods, schedules } = editing.bells
  return (
    <div className="bell-table-scroll">
      <table className="bell-table" aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{words.codeHead}</th>
            <th scope="col">{words.nameHead}</th>
            {schedules.map((schedule, index) => (
              <ScheduleHead key={schedule.key} {...editing} schedule={schedule} number={index + 1} />
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, index) => (
            <PeriodRow key={period.key} {...editing} period={period} number={index + 1} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The whole table is too much to come upon again days later. */
const notKept: Draft = { found: null, keep: () => false, discard() {} }

function BellsForm({ opened }: { opened: Bells }) {
  const { bells: words, change: toasts } = useWords(calendarWords)
  const { time } = useWords(timetableWords)
  const say = useUndo(toasts)
  const [from, setFrom] = useState(opened)
  const [seen, setSeen] = useState(opened)
  const [bells, change] = useState(() => typedOf(opened, time))
  const [isTried, setTried] = useState(false)
  const wrong = wrongIn(bells)
  const isUnsaved = isTyped(bells, from, time)
  const begin = (next: Bells) => {
    setFrom(next)
    change(typedOf(next, time))
    setTried(false)
  }
  // What others save comes in while nothing is typed here.
  if (opened !== seen && !isUnsaved) {
    setSeen(opened)
    begin(opened)
  }
  const { mutate, isPending } = useMutation(
    useTrpc().periods.save.mutationOptions({
      onSuccess: (answer) => {
        held.clear()
        begin(answer)
        say(words.saved, operationIdOf(answer))
      },
      onError: (error, input) => held.refused(error, input),
    }),
  )
  const held = useHeldDays<Inputs['periods']['save']>((input) => mutate(input))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    held.clear()
    const [first] = wrong.keys()
    if (first) return goToField(first)
    mutate(inputOf(bells, from))
  }
  const errorOf = (field: string) => {
    const what = isTried && wrong.get(field)
    return what ? words.invalid[what] : undefined
  }
  const addPeriod = () => change(withPeriod(bells.schedules.length ? bells : withSchedule(bells, words.usualName)))
  return (
    <form noValidate onSubmit={submit}>
      <Failure>{held.failure}</Failure>
      <HeldQuestion question={held.question} isBusy={isPending} />
      {bells.periods.length || bells.schedules.length ? (
        <BellTable bells={bells} change={change} errorOf={errorOf} />
      ) : (
        <p className="dim">
          {words.empty}. {words.emptyHint}
        </p>
      )}
      <div className="form-end">
        <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={addPeriod}>
          {words.addPeriod}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => change(withSchedule(bells, bells.schedules.length ? '' : words.usualName))}
        >
          {words.addSchedule}
        </Button>
        <SubmitButton loading={isPending}>{words.save}</SubmitButton>
      </div>
      <LeaveGuard isUnsaved={() => isUnsaved} draft={notKept} />
    </form>
  )
}

/** All periods and bell schedules in one table, saved together. */
export function BellsPage() {
  const { bells: words } = useWords(calendarWords)
  const { slug, name } = useSchool()
  const { data, error } = useQuery(useTrpc().periods.list.queryOptions())
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <Link to="/$school/calendar" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} />
      <p className="dim calendar-intro">
        {words.hint} {words.pastHint}
      </p>
      {error && <NotRead isPage error={error} />}
      {!data && !error && <Waiting />}
      {data && <BellsForm opened={data} />}
    </div>
  )
}
