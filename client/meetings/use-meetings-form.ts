import { useState } from 'react'
import type { Words } from '../messages/catalog.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useOpenDays } from '../school.tsx'
import type { MeetingRow, RowErrors } from './meeting-rows.ts'
import { emptyRow, errorsOf, rowsOn, slotsOf } from './meeting-rows.ts'
import type { MeetingsDraft } from './meetings-draft.ts'
import type { Meetings } from './timetable-section.tsx'
import { timetableWords } from './timetable-words.ts'

const civil = /^\d{4}-\d\d-\d\d$/
const plain = (rows: readonly MeetingRow[]) => rows.map(({ key: _, ...row }) => row)
const typedIn = (rows: readonly MeetingRow[]) => JSON.stringify(plain(rows))

function lastDayError(from: string, to: string | undefined, { edit, invalid }: Words['timetable']): string | undefined {
  if (!to) return undefined
  if (!civil.test(to)) return edit.dateInvalid
  return civil.test(from) && to < from ? invalid.order : undefined
}

/** The days on which the class meets already, else those on which the school is open. */
function usualDays(rows: readonly MeetingRow[], open: readonly number[]): number[] {
  const days = new Set(rows.flatMap(({ weekdays }) => weekdays))
  return days.size ? [...days].toSorted() : [...open]
}

const seenIn = ({ meetings }: Meetings) => meetings.map(({ id, version }) => ({ id, version }))

/**
 * A class's meetings as they are being typed: from which day until which, at what times and in which rooms. `draft` is what
 * was typed before the page was loaded again.
 */
export function useMeetingsForm(opened: Meetings, draft?: MeetingsDraft) {
  const words = useWords(timetableWords)
  const open = useOpenDays()
  const { date } = useFormats()
  const [base, setBase] = useState(opened)
  const on = (meetings: Meetings, day: string) => rowsOn(meetings.meetings, day, words.time)
  const [seen, setSeen] = useState(draft?.seen ?? seenIn(opened))
  const [from, setFrom] = useState(draft?.from ?? opened.from)
  const [rows, setRows] = useState(() => draft?.rows?.map(emptyRow) ?? on(opened, from))
  const [first, setFirst] = useState(() => typedIn(on(opened, from)))
  /** Undefined until somebody types into it: then it follows the first day. */
  const [to, setTo] = useState(draft?.to)
  const isTouched = typedIn(rows) !== first

  const reset = (list: Meetings, day: string) => {
    const shown = on(list, day)
    setRows(shown)
    setFirst(typedIn(shown))
  }
  const changeFrom = (day: string) => {
    setFrom(day)
    if (civil.test(day) && !isTouched) reset(base, day)
  }
  const fromError = () => {
    if (!civil.test(from)) return from ? words.edit.dateInvalid : words.invalid.from
    return base.earliest && from < base.earliest ? words.invalid.tooEarly(date(base.earliest)) : undefined
  }
  const found = rows.map((row) => errorsOf(row, rows, words))
  const isUnsaved = isTouched || from !== opened.from || to !== undefined
  const kept = (): MeetingsDraft => ({
    seen,
    rows: isTouched ? plain(rows) : undefined,
    from: from === opened.from ? undefined : from,
    to,
  })
  const sound = rows.filter((_, index) => !Object.keys(found[index] ?? {}).length)
  return {
    base,
    rows,
    from,
    to,
    errors: { rows: found as RowErrors[], from: fromError(), to: lastDayError(from, to, words) },
    /** The meetings that can be read, each with the key of its row. */
    slots: sound.flatMap((row) => slotsOf(row).map((slot) => ({ key: row.key, slot }))),
    seen,
    /** Somebody else has saved since the typing began. */
    isOvertaken: JSON.stringify(seen) !== JSON.stringify(seenIn(base)),
    isUnsaved,
    kept,
    changeFrom,
    changeTo: setTo,
    change: (key: number, fields: Partial<MeetingRow>) =>
      setRows((all) => all.map((row) => (row.key === key ? { ...row, ...fields } : row))),
    add: (isCycle: boolean) =>
      setRows((all) => [...all, emptyRow(isCycle ? { cycleDay: '' } : { weekdays: usualDays(all, open) })]),
    remove: (key: number) => setRows((all) => all.filter((row) => row.key !== key)),
    /** Goes on from what somebody else saved: with theirs, or with what was typed here. */
    meet: (list: Meetings, takesTheirs: boolean) => {
      setBase(list)
      setSeen(seenIn(list))
      if (!takesTheirs) return
      setFrom(list.from)
      setTo(undefined)
      reset(list, list.from)
    },
  }
}
export type MeetingsForm = ReturnType<typeof useMeetingsForm>
