/** The fields of history in the reader's words: what each is called on its record's own page, and what it held. */
import { isRecordEntity } from '../../db/values.ts'
import { enrollmentWords } from '../enrollments/enrollment-words.ts'
import { guardianWords } from '../guardians/guardian-kind.ts'
import { shownEntities, shownKinds } from '../kinds.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { area } from '../messages/languages.ts'
import { useAnyWords, useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import type { KindWords } from '../records/record-words.ts'
import { schoolEnrollmentWords } from '../school-enrollments/school-enrollment-words.ts'
import { alertWords } from '../student-alerts/alert-words.ts'
import { linkWords } from '../student-guardians/use-links.ts'
import { studentWords } from '../students/student-words.ts'
import { useGrades } from '../students/use-grades.ts'
import type { Outputs } from '../trpc.ts'
import { historyWords } from './history-words.ts'

export type RecordOperation = Outputs['journal']['ofRecord']['rows'][number]
export type Entry = RecordOperation['entries'][number]
type Entity = Entry['entity']
type Value = Entry['fields'][number]['after']
type Words = Record<string, string>

/** The words for fields that the kind itself has no word for. */
const without = (words: Words, known: Words = {}): Words =>
  Object.fromEntries(Object.entries(words).filter(([field]) => !(field in known)))

/** What the records of such a kind are called on the screens of the record they belong to. */
for (const entity of shownEntities) area(shownKinds[entity].words)

/** By kind of record: what its form calls its fields, in the form's order. */
function useFieldNames(): (entity: Entity) => Words {
  const wordsOf = useAnyWords()
  const { addressFields } = useWords(studentWords)
  const own: Words = useWords(historyWords).fields
  const marks: Words = useWords(linkWords).marks
  const parts: Partial<Record<Entity, Words>> = {
    studentAddress: { kind: own.kind ?? '', ...addressFields },
    studentGuardian: marks,
  }
  return (entity) => {
    const names: Words | undefined = isRecordEntity(entity) ? wordsOf(shownKinds[entity].words).fields : parts[entity]
    return { ...names, ...without(own, names) }
  }
}

/** What the codes of closed lists are called, by field. */
function useCodes(): (entity: Entity) => Record<string, Words | undefined> {
  const wordsOf = useAnyWords()
  const messages = useMessages()
  const parts: Partial<Record<Entity, Record<string, Words>>> = {
    studentAddress: { kind: useWords(studentWords).addressKinds },
    studentAlert: { kind: useWords(alertWords).kinds },
    schoolEnrollment: useWords(schoolEnrollmentWords).codes,
    calendarDay: { kind: useWords(timetableWords).dayKinds },
    studentGuardian: { relation: useWords(guardianWords).relations },
    enrollment: { status: messages.enrollmentStatus, withdrawalReason: useWords(enrollmentWords).reasons },
    webhook: useWords(historyWords).ofWebhook,
    membership: { role: messages.roles, ...useWords(historyWords).ofAccount },
  }
  return (entity) => {
    const kind: KindWords | undefined = isRecordEntity(entity) ? wordsOf(shownKinds[entity].words) : undefined
    return kind?.codes ?? parts[entity] ?? {}
  }
}

const civil = /^\d{4}-\d\d-\d\d$/
const clock = /^\d\d:\d\d$/
/** Years and places in a row are no amounts. */
const isAmount = (field: string) => field === 'seats' || field === 'capacity'
/** Stored with all of their places, as 1.000. */
const isShare = (field: string) => field === 'fte' || field === 'membership'

function useValues(): (entity: Entity, field: string, value: Value) => string {
  const messages = useMessages()
  const formats = useFormats()
  const { nothing, picture } = useWords(historyWords)
  const times = useWords(timetableWords)
  const codes = useCodes()
  const grades = useGrades()
  return (entity, field, value) => {
    if (value === null) return nothing
    // Only a reference to a person whose data is erased has no name.
    if (value === '') return calledName(value)
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    if (field === 'weekday') return times.weekday(Number(value))
    if (field === 'weekdays') return times.weekdays([...String(value)].map(Number))
    if (typeof value === 'number') return isAmount(field) ? formats.number(value) : String(value)
    if (isShare(field)) return formats.number(Number(value))
    if (field === 'photo') return picture(value)
    if (field === 'gradeLevel') return grades.name(value)
    if (civil.test(value) && /date$|^valid/i.test(field)) return formats.date(value)
    if (clock.test(value) && /Time$/.test(field)) return times.time(value)
    return codes(entity)[field]?.[value] ?? value
  }
}

export interface ToldField {
  name: string
  label: string
  /** None in a record that was just made. */
  before: string | undefined
  after: string
}

export function useToldFields(): (entry: Entry) => ToldField[] {
  const namesOf = useFieldNames()
  const textOf = useValues()
  const { erased } = useWords(historyWords)
  return ({ entity, action, fields, isErased }) => {
    const names = namesOf(entity)
    const order = Object.keys(names)
    const told = fields.map(({ name, before, after }) => ({
      name,
      label: names[name] ?? name,
      before: action === 'created' || isErased ? undefined : textOf(entity, name, before),
      after: isErased ? erased : textOf(entity, name, after),
    }))
    return told.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  }
}
