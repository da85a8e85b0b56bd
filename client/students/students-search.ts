import { studentStatuses } from '../../db/values.ts'
import { idFrom, oneOf, textFrom } from '../address-search.ts'
import type { Inputs } from '../trpc.ts'

/** The list as its URL says it: filters, order and the open record. What is usual is left out. */
export interface StudentsSearch {
  q?: string | undefined
  grade?: string | undefined
  status?: (typeof studentStatuses)[number] | undefined
  program?: string | undefined
  archived?: 'yes' | undefined
  sort?: 'number' | 'grade' | undefined
  order?: 'desc' | undefined
  /** The columns beside the name, in their order: 'number,grade'. */
  cols?: string | undefined
  student?: string | undefined
}

export const noProgram = 'none'
export const noGrade = 'none'

/** Whatever stands in the URL, the page has something to show: what makes no sense is left out. */
export const readStudentsSearch = (raw: Record<string, unknown>): StudentsSearch => ({
  q: textFrom(raw.q, 200),
  grade: textFrom(raw.grade, 50),
  status: oneOf(raw.status, studentStatuses),
  program: raw.program === noProgram ? noProgram : idFrom(raw.program),
  archived: oneOf(raw.archived, ['yes']),
  sort: oneOf(raw.sort, ['number', 'grade']),
  order: oneOf(raw.order, ['desc']),
  cols: textFrom(raw.cols, 400),
  student: idFrom(raw.student),
})

export const countInput = ({ q, grade, status, program, archived }: StudentsSearch): Inputs['students']['count'] => ({
  search: q ?? '',
  archived: archived === 'yes',
  ...(grade && (grade === noGrade ? { withoutGradeLevel: true } : { gradeLevel: grade })),
  ...(status && { status }),
  ...(program && { programId: program }),
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

export const noFilters = { q: undefined, grade: undefined, status: undefined, program: undefined, archived: undefined }
export const isFiltered = ({ q, grade, status, program, archived }: StudentsSearch): boolean =>
  Boolean(q || grade || status || program || archived)
