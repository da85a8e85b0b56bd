import { studentStatuses } from '../../db/values.ts'
import { idFrom, oneOf, textFrom } from '../address-search.ts'
import type { Inputs } from '../trpc.ts'

/** The list as its URL says it: filters, order and the open record. What is usual is left out. */
export interface StudentsSearch {
  q?: string | undefined
  grade?: string | undefined
  status?: (typeof studentStatuses)[number] | undefined
  program?: string | undefined
  /** A class's id. */
  class?: string | undefined
  guardians?: (typeof guardianFilters)[number] | undefined
  /** The first day on which they may have come to the school. */
  entered?: string | undefined
  archived?: 'yes' | undefined
  sort?: 'number' | 'grade' | undefined
  order?: 'desc' | undefined
  /** The columns beside the name, in their order: 'number,grade'. */
  cols?: string | undefined
  student?: string | undefined
}

export const noProgram = 'none'
export const noGrade = 'none'
/** A grade level that the school's list does not have. */
export const unlistedGrade = 'unlisted'
export const guardianFilters = ['some', 'none'] as const
const civil = /^\d{4}-\d\d-\d\d$/
const dayFrom = (raw: unknown) =>
  typeof raw === 'string' && civil.test(raw) && !Number.isNaN(Date.parse(raw)) ? raw : undefined

/** Whatever stands in the URL, the page has something to show: what makes no sense is left out. */
export const readStudentsSearch = (raw: Record<string, unknown>): StudentsSearch => ({
  q: textFrom(raw.q, 200),
  grade: textFrom(raw.grade, 50),
  status: oneOf(raw.status, studentStatuses),
  program: raw.program === noProgram ? noProgram : idFrom(raw.program),
  class: idFrom(raw.class),
  guardians: oneOf(raw.guardians, guardianFilters),
  entered: dayFrom(raw.entered),
  archived: oneOf(raw.archived, ['yes']),
  sort: oneOf(raw.sort, ['number', 'grade']),
  order: oneOf(raw.order, ['desc']),
  cols: textFrom(raw.cols, 400),
  student: idFrom(raw.student),
})

const gradeInput = (grade: string | undefined) => {
  if (grade === noGrade) return { withoutGradeLevel: true }
  if (grade === unlistedGrade) return { withUnlistedGradeLevel: true }
  return grade ? { gradeLevel: grade } : {}
}

export const countInput = (search: StudentsSearch): Inputs['students']['count'] => ({
  search: search.q ?? '',
  archived: search.archived === 'yes',
  ...gradeInput(search.grade),
  ...(search.status && { status: search.status }),
  ...(search.program && { programId: search.program }),
  ...(search.class && { classId: search.class }),
  ...(search.guardians && { guardians: search.guardians }),
  ...(search.entered && { enteredFrom: search.entered }),
})
export const orderInput = ({
  sort,
  order,
  cols,
}: StudentsSearch): Pick<
  Inputs['students']['list'],
  'sort' | 'descending' | 'withAddresses' | 'withGuardians' | 'withFacts'
> => ({
  sort: sort ?? 'name',
  descending: order === 'desc',
  ...(cols && /\b(?:local|permanent)-/.test(cols) && { withAddresses: true }),
  ...(cols && /\b(?:sex|language|previousSchool)\b/.test(cols) && { withFacts: true }),
  ...(cols && /\bguardians\b/.test(cols) && { withGuardians: true }),
})

const filters = ['q', 'grade', 'status', 'program', 'class', 'guardians', 'entered', 'archived'] as const
export const noFilters: StudentsSearch = Object.fromEntries(filters.map((name) => [name, undefined]))
export const isFiltered = (search: StudentsSearch): boolean => filters.some((name) => search[name])
