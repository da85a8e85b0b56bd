import { useState } from 'react'
import { timetableWords } from '../messages/en-timetable.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { MeetingRow, RowErrors } from './meeting-rows.ts'
import { emptyRow, errorsOf, rowsOn, slotsOf } from './meeting-rows.ts'
import type { Meetings } from './timetable-section.tsx'

const civil = /^\d{4}-\d\d-\d\d$/
const typedIn = (rows: readonly MeetingRow[]) => JSON.stringify(rows.map(({ key: _, ...row }) => row))

/** A class's meetings as they are being typed: from which day until which, at what times and in which rooms. */
export function useMeetingsForm(opened: Meetings) {
  const words = useWords(timetableWords)
  const { date } = useFormats()
  const [base, setBase] = useState(opened)
  const on = (meetings: Meetings, day: string) => rowsOn(meetings.meetings, day, words.time)
  const [rows, setRows] = useState(() => on(opened, opened.from))
  const [first, setFirst] = useState(() => typedIn(rows))
  const [from, setFrom] = useState(opened.from)
  /** Undefined until somebody types into it: then it follows the first day. */
  const [to, setTo] = useState<string>()
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
    if (!civil.test(from)) return words.invalid.from
    return base.earliest && from < base.earliest ? words.invalid.tooEarly(date(base.earliest)) : undefined
  }
  const toError = () => {
    if (!to) return undefined
    if (!civil.test(to)) return words.edit.dateInvalid
    return to < from ? words.invalid.order : undefined
  }
  const found = rows.map((row) => errorsOf(row, rows, words))
  const sound = rows.filter((_, index) => !Object.keys(found[index] ?? {}).length)
  return {
    base,
    rows,
    from,
    to,
    errors: { rows: found as RowErrors[], from: fromError(), to: toError() },
    /** The meetings that can be read, each with the key of its row. */
    slots: sound.flatMap((row) => slotsOf(row).map((slot) => ({ key: row.key, slot }))),
    isUnsaved: isTouched || from !== opened.from || to !== undefined,
    changeFrom,
    changeTo: setTo,
    change: (key: number, fields: Partial<MeetingRow>) =>
      setRows((all) => all.map((row) => (row.key === key ? { ...row, ...fields } : row))),
    add: (isCycle: boolean) => setRows((all) => [...all, emptyRow({ cycleDay: isCycle ? '' : null })]),
    remove: (key: number) => setRows((all) => all.filter((row) => row.key !== key)),
    /** Goes on from what somebody else saved: with theirs, or with what was typed here. */
    meet: (list: Meetings, takesTheirs: boolean) => {
      setBase(list)
      if (!takesTheirs) return
      setFrom(list.from)
      setTo(undefined)
      reset(list, list.from)
    },
  }
}
export type MeetingsForm = ReturnType<typeof useMeetingsForm>
