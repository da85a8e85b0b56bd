import type { ClassAttention } from '../../db/values.ts'
import { classAttentions } from '../../db/values.ts'
import type { Inputs } from '../trpc.ts'

/** The list of classes as its URL says it. Without a term it shows the current one, where there is one. */
export interface ClassesSearch {
  q?: string | undefined
  /** The id of a term, or all of them. */
  term?: string | undefined
  department?: string | undefined
  course?: string | undefined
  /** What there is to mend about them. */
  attention?: ClassAttention | undefined
  archived?: 'yes' | undefined
  /** The columns beside the title, in their order: 'code,seats'. */
  cols?: string | undefined
}

export const allTerms = 'all'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const idFrom = (value: unknown) => (typeof value === 'string' && uuid.test(value) ? value : undefined)

export const readClassesSearch = ({
  q,
  term,
  department,
  course,
  attention,
  archived,
  cols,
}: Record<string, unknown>): ClassesSearch => ({
  q: (typeof q === 'string' && q.trim().slice(0, 200)) || undefined,
  term: term === allTerms ? allTerms : idFrom(term),
  department: idFrom(department),
  course: idFrom(course),
  attention: classAttentions.find((one) => one === attention),
  archived: archived === 'yes' ? 'yes' : undefined,
  cols: (typeof cols === 'string' && cols.slice(0, 200)) || undefined,
})

export const noFilters = {
  q: undefined,
  term: allTerms,
  department: undefined,
  course: undefined,
  attention: undefined,
  archived: undefined,
}
/** How many filters are set beside the search; the term counts once it was chosen. */
export const filterCount = ({ term, department, course, attention, archived }: ClassesSearch): number =>
  [term, department, course, attention, archived].filter(Boolean).length
/** Whether anything but the term narrows the list. */
export const isNarrowed = ({ q, department, course, attention, archived }: ClassesSearch): boolean =>
  Boolean(q || department || course || attention || archived)

/** What is asked of the server, `termId` being the term the list is narrowed to. */
export const classesInput = (
  { q = '', department, course, attention, archived }: ClassesSearch,
  termId: string | undefined,
): Inputs['classes']['count'] => ({
  search: q,
  archived: archived === 'yes',
  ...(termId && { academicSessionId: termId }),
  ...(department && { departmentId: department }),
  ...(course && { courseId: course }),
  ...(attention && { attention }),
})
