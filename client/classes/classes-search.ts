import type { ClassAttention } from '../../db/values.ts'
import { classAttentions } from '../../db/values.ts'
import type { ClassSeats } from '../../server/classes/input.ts'
import { idFrom, oneOf, textFrom } from '../address-search.ts'
import type { Inputs } from '../trpc.ts'

export const classSeats = ['left', 'full'] as const satisfies readonly ClassSeats[]

/** The list of classes as its URL says it. Without a term it shows the current one, where there is one. */
export interface ClassesSearch {
  q?: string | undefined
  term?: string | undefined
  department?: string | undefined
  course?: string | undefined
  /** What there is to mend about them. */
  attention?: ClassAttention | undefined
  seats?: ClassSeats | undefined
  archived?: 'yes' | undefined
  /** The columns beside the title, in their order: 'code,seats'. */
  cols?: string | undefined
}

export const allTerms = 'all'

export const readClassesSearch = (raw: Record<string, unknown>): ClassesSearch => ({
  q: textFrom(raw.q, 200),
  term: raw.term === allTerms ? allTerms : idFrom(raw.term),
  department: idFrom(raw.department),
  course: idFrom(raw.course),
  attention: oneOf(raw.attention, classAttentions),
  seats: oneOf(raw.seats, classSeats),
  archived: oneOf(raw.archived, ['yes']),
  cols: textFrom(raw.cols, 200),
})

export const noFilters = {
  q: undefined,
  term: allTerms,
  department: undefined,
  course: undefined,
  attention: undefined,
  seats: undefined,
  archived: undefined,
}
/** Whether anything but the term narrows the list. */
export const isNarrowed = ({ q, department, course, attention, seats, archived }: ClassesSearch): boolean =>
  Boolean(q || department || course || attention || seats || archived)

/** What is asked of the server, `termId` being the term the list is narrowed to. */
export const classesInput = (
  { q = '', department, course, attention, seats, archived }: ClassesSearch,
  termId: string | undefined,
): Inputs['classes']['count'] => ({
  search: q,
  archived: archived === 'yes',
  ...(termId && { academicSessionId: termId }),
  ...(department && { departmentId: department }),
  ...(course && { courseId: course }),
  ...(attention && { attention }),
  ...(seats && { seats }),
})
