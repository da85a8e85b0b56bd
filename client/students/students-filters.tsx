import { useQuery } from '@tanstack/react-query'
import { studentStatuses } from '../../db/values.ts'
import { daysLater } from '../meetings/timetable-search.ts'
import { useWords } from '../messages/messages.tsx'
import type { Choice } from '../records/form-shape.ts'
import type { Filtering, ListFilter } from '../records/records-filters.tsx'
import { useMay, useToday, useTrpc } from '../school.tsx'
import { studentListWords, studentWords } from './student-words.ts'
import type { StudentsSearch } from './students-search.ts'
import { guardianFilters, isFiltered, noFilters, noGrade, noProgram, unlistedGrade } from './students-search.ts'
import { useGrades } from './use-grades.ts'

export function usePrograms() {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.programs.list.queryOptions(undefined, { staleTime: 300_000 }))
  return data ?? []
}

const any = (label: string): Choice => ({ value: '', label })

/** The class's page leads here; its name is known there. */
function useClassTitle(id: string | undefined): string {
  const trpc = useTrpc()
  const { data } = useQuery({ ...trpc.classes.get.queryOptions({ id: id ?? '' }), enabled: id !== undefined })
  return data?.title ?? '…'
}

/** So many days ago, and what the address says. */
function useEntryDays(chosen: string | undefined): string[] {
  const today = useToday()
  const days = [7, 30, 365].map((count) => daysLater(today, -count))
  return chosen && !days.includes(chosen) ? [...days, chosen] : days
}

/** Who is in a class, has a guardian, or came lately. */
function useMoreFilters(search: StudentsSearch): ListFilter[] {
  const words = useWords(studentListWords)
  const mayReadGuardians = useMay('guardian.read')
  const title = useClassTitle(search.class)
  const days = useEntryDays(search.entered).map((day) => ({ value: day, label: words.enteredSince(day) }))
  const linked = guardianFilters.map((value) => ({ value, label: words.withGuardians[value] }))
  const ofClass = search.class ? [any(words.anyClass), { value: search.class, label: words.inClass(title) }] : []
  return [
    ...(search.class ? [{ name: 'class', label: words.class, choices: ofClass }] : []),
    ...(mayReadGuardians
      ? [{ name: 'guardians', label: words.guardians, choices: [any(words.anyGuardians), ...linked] }]
      : []),
    { name: 'entered', label: words.entered, choices: [any(words.anyEntry), ...days] },
  ]
}

export function useStudentFiltering(search: StudentsSearch): Filtering {
  const words = useWords(studentListWords)
  const student = useWords(studentWords)
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  const isLevel = search.grade !== noGrade && search.grade !== unlistedGrade
  const grades = [
    any(words.anyGrade),
    ...useGrades().choices(isLevel ? search.grade : undefined),
    { value: unlistedGrade, label: words.unlistedGrade },
    { value: noGrade, label: words.noGrade },
  ]
  const statuses = studentStatuses.map((value) => ({ value, label: student.status[value] }))
  const inPrograms = [any(words.anyProgram), { value: noProgram, label: words.noProgram }, ...programs]
  return {
    filters: [
      { name: 'grade', label: words.grade, choices: grades },
      { name: 'status', label: words.status, choices: [any(words.anyStatus), ...statuses] },
      ...(programs.length ? [{ name: 'program', label: words.program, choices: inPrograms }] : []),
      ...useMoreFilters(search),
    ],
    order: {
      name: 'sort',
      label: words.sortLabel,
      choices: Object.entries(words.sorts).map(([value, label]) => ({ value, label })),
      value: [search.sort ?? 'name', search.order].filter(Boolean).join('.'),
      chosen(value) {
        const [sort, order] = value.split('.')
        return { sort, order }
      },
    },
    none: noFilters,
    isFiltered: isFiltered(search),
    words,
  }
}

export function useFilterWords(search: StudentsSearch): string[] {
  const { filterWords } = useWords(studentListWords)
  const grades = useGrades()
  const program = usePrograms().find(({ id }) => id === search.program)
  const title = useClassTitle(search.class)
  const gradeWord = (grade: string) => {
    if (grade === noGrade) return filterWords.noGrade
    return grade === unlistedGrade ? filterWords.unlistedGrade : grades.name(grade)
  }
  return [
    search.q && filterWords.search(search.q),
    search.grade && gradeWord(search.grade),
    search.status && filterWords.statuses[search.status],
    search.program && (search.program === noProgram ? filterWords.noProgram : filterWords.program(program?.name ?? '')),
    search.class && filterWords.inClass(title),
    search.guardians && filterWords.guardians[search.guardians],
    search.entered && filterWords.enteredSince(search.entered),
    search.archived && filterWords.archived,
  ].flatMap((word) => word || [])
}
