/** The fields of history in the reader's words: what each is called on its record's own page, and what it held. */
import { alertWords } from '../alerts/alert-words.ts'
import { classFormWords } from '../classes/class-kind.ts'
import { courseWords } from '../courses/course-kind.ts'
import { departmentWords } from '../departments/department-kind.ts'
import { enrollmentWords } from '../enrollments/enrollment-words.ts'
import { guardianWords, linkWords } from '../guardians/guardian-kind.ts'
import { instructorWords } from '../instructors/instructor-kind.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { programWords } from '../programs/program-kind.ts'
import { roomWords } from '../rooms/room-kind.ts'
import { gradeName } from '../students/grade-name.ts'
import { studentWords } from '../students/student-words.ts'
import { termWords } from '../terms/term-kind.ts'
import { timetableWords } from '../timetable/timetable-words.ts'
import type { Outputs } from '../trpc.ts'
import { historyWords } from './history-words.ts'

export type RecordOperation = Outputs['journal']['ofRecord']['rows'][number]
export type Entry = RecordOperation['entries'][number]
type Entity = Entry['entity']
type Value = Entry['fields'][number]['after']
type Words = Record<string, string>

/** What the kind has no word of its own for. */
const without = (words: Words, known: Words = {}): Words =>
  Object.fromEntries(Object.entries(words).filter(([field]) => !(field in known)))

/** By kind of record: what its form calls its fields, in the form's order. */
function useFieldNames(): (entity: Entity) => Words {
  const student = useWords(studentWords)
  const own: Words = useWords(historyWords).fields
  const names: Partial<Record<Entity, Words>> = {
    student: student.fields,
    studentAddress: { kind: own.kind ?? '', ...student.addressFields },
    studentGuardian: useWords(linkWords).marks,
    guardian: useWords(guardianWords).fields,
    instructor: useWords(instructorWords).fields,
    class: useWords(classFormWords).fields,
    course: useWords(courseWords).fields,
    room: useWords(roomWords).fields,
    academicSession: useWords(termWords).fields,
    department: useWords(departmentWords).fields,
    program: useWords(programWords).fields,
  }
  return (entity) => ({ ...names[entity], ...without(own, names[entity]) })
}

/** The codes of closed lists, by kind of record and field. */
function useCodes(): Partial<Record<`${Entity}.${string}`, Words>> {
  const messages = useMessages()
  const instructor = useWords(instructorWords)
  const student = useWords(studentWords)
  return {
    'student.status': student.status,
    'studentAddress.kind': student.addressKinds,
    'studentAlert.kind': useWords(alertWords).kinds,
    'studentGuardian.relation': useWords(guardianWords).relations,
    'instructor.status': instructor.statuses,
    'instructor.employment': instructor.employment,
    'program.type': useWords(programWords).types,
    'academicSession.type': useWords(termWords).types,
    'enrollment.status': messages.enrollmentStatus,
    'enrollment.withdrawalReason': useWords(enrollmentWords).reasons,
    'membership.role': messages.roles,
  }
}

const civil = /^\d{4}-\d\d-\d\d$/
const clock = /^\d\d:\d\d$/
/** Years and places in a row are no amounts. */
const isAmount = (field: string) => field === 'seats' || field === 'capacity'

function useValues(): (entity: Entity, field: string, value: Value) => string {
  const messages = useMessages()
  const formats = useFormats()
  const { nothing } = useWords(historyWords)
  const times = useWords(timetableWords)
  const codes = useCodes()
  const student = useWords(studentWords)
  return (entity, field, value) => {
    if (value === null || value === '') return nothing
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    if (field === 'weekday') return times.weekday(Number(value))
    if (typeof value === 'number') return isAmount(field) ? formats.number(value) : String(value)
    if (entity === 'student' && field === 'gradeLevel') return gradeName(value, student)
    if (civil.test(value) && /date$|^valid/i.test(field)) return formats.date(value)
    if (clock.test(value) && /Time$/.test(field)) return times.time(value)
    return codes[`${entity}.${field}`]?.[value] ?? value
  }
}

export interface ToldField {
  name: string
  label: string
  /** None in a record that was just made. */
  before: string | undefined
  after: string
}

/** An entry's fields, in words. */
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
