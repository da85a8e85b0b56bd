import { studentStatuses } from '../../db/values.ts'
import { idFrom, oneOf, textFrom } from '../address-search.ts'
import type { Inputs } from '../trpc.ts'

export type StudentStatus = (typeof studentStatuses)[number]
export type StudentSort = 'name' | 'number' | 'grade'

/** The list as its URL says it: filters, order and the open record. What is usual is left out. */
export interface StudentsSearch {
  q?: string | undefined
  grade?: string | undefined
  status?: StudentStatus | undefined
  /** Its id, or those who have none. */
  program?: string | undefined
  archived?: 'yes' | undefined
  sort?: Exclude<StudentSort, 'name'> | undefined
  order?: 'desc' | undefined
  /** The columns beside the name, in their order: 'number,grade'. */
  cols?: string | undefined
  student?: string | undefined
}

export const noProgram = 'none'

/** Whatever stands in the URL, the page has something to show: what makes no sense is left out. */
export const readStudentsSearch = (raw: Record<string, unknown>): StudentsSearch => ({
  q: textFrom(raw.q, 200),
  grade: textFrom(raw.grade, 50),
  status: oneOf(raw.status, studentStatuses),
  program: raw.program === noProgram ? noProgram : idFrom(raw.program),
  archived: oneOf(raw.archived, ['yes']),
  sort: oneOf(raw.sort, ['number', 'grade']),
  order: oneOf(raw.order, ['desc']),
  cols: textFrom(raw.cols, 200),
  student: idFrom(raw.student),
})

export const countInput = ({ q, grade, status, program, archived }: StudentsSearch): Inputs['students']['count'] => ({
  search: q ?? '',
  archived: archived === 'yes',
  ...(grade && { gradeLevel: grade }),
  ...(status && { status }),
  ...(program && { programId: program }),
})

export const listInput = (search: StudentsSearch): Inputs['students']['list'] => ({
  ...countInput(search),
  sort: search.sort ?? 'name',
  descending: search.order === 'desc',
  limit: 200,
})

export const noFilters = { q: undefined, grade: undefined, status: undefined, program: undefined, archived: undefined }
/** How many filters are set, the search not counted. */
export const filterCount = ({ grade, status, program, archived }: StudentsSearch): number =>
  [grade, status, program, archived].filter(Boolean).length
export const isFiltered = (search: StudentsSearch): boolean => Boolean(search.q) || filterCount(search) > 0
