import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { academicSessionTypes } from '../../db/values.ts'
import { createAcademicSessionInput } from '../../server/academic-sessions/input.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf } from '../records/form-of.ts'
import { choicesOf, textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { withChosen } from '../records/record-fields.tsx'
import { useSchool, useToday, useTrpc } from '../school.tsx'
import { Waiting } from '../ui/page.tsx'
import type { Term, TermRow } from './term-kind.ts'
import { termKind, termWords } from './term-kind.ts'
import { nextTerm, nextYear } from './usual-terms.ts'

/** Longest first. What a term is part of is longer than it. */
const rank = (type: string): number => (academicSessionTypes as readonly string[]).indexOf(type)

function useTerms() {
  const trpc = useTrpc()
  return useQuery(trpc.academicSessions.list.queryOptions({}))
}

const shape = formOf<Term>()({
  name: 'academicSession',
  schema: createAcademicSessionInput,
  fields: {
    title: { is: 'text', isWhole: true, required: true },
    type: { is: 'oneOf', usual: 'term' },
    schoolYear: { is: 'number' },
    parentId: { is: 'reference', to: 'academicSession', isWhole: true },
    startDate: { is: 'day' },
    endDate: { is: 'day' },
  },
  refusedAt: {
    'academicSession.dates_order': 'endDate',
    'academicSession.dates_outside': 'startDate',
    'academicSession.leaves_out': 'startDate',
    'academicSession.parent_shorter': 'parentId',
  },
  useDetails(term, form) {
    const words = useWords(termWords)
    const { data: terms = [] } = useTerms()
    const longer = terms.filter(({ id, type }) => !form || (id !== term?.id && rank(type) < rank(form.values.type)))
    const choices = longer.map(({ id, title, startDate, endDate }) => ({
      value: id,
      label: words.choice(title, startDate, endDate),
      names: [title],
    }))
    const parents = withChosen(choices, term?.parentId, term?.parentTitle)
    /** The school year is its parent's, unless somebody has typed one. */
    const onChosen = (id: string) => {
      const year = terms.find((one) => one.id === id)?.schoolYear
      if (year && !form?.values.schoolYear) form?.setFieldValue('schoolYear', String(year))
    }
    return {
      type: { choices: choicesOf(academicSessionTypes, words.types) },
      parentId: {
        choices: parents,
        none: words.noParent,
        isShown: !form || parents.length > 0 || form.values.parentId !== '',
        onChosen,
      },
    }
  },
})
const form = { kind: termKind, shape }

/** Below its parent, which the address may name: what is usual there is chosen already. */
const within = (parent: TermRow) => ({
  ...shape.valuesOf(),
  type: academicSessionTypes[Math.min(rank(parent.type) + (parent.type === 'schoolYear' ? 2 : 1), 3)] ?? 'term',
  parentId: parent.id,
  schoolYear: textOf(parent.schoolYear),
})

/** A year, its terms one after the other, or nothing that is known. */
function useInitial(terms: readonly TermRow[], parent: TermRow | undefined) {
  const usuals = useSchool()
  const today = useToday()
  if (parent) {
    const inside = terms.filter((one) => one.parentId === parent.id)
    return { ...within(parent), ...(parent.type === 'schoolYear' && nextTerm(usuals, parent, inside)) }
  }
  const years = terms.filter(({ type }) => type === 'schoolYear')
  const year = nextYear(usuals, years, today)
  if (!year) return shape.valuesOf()
  return { ...shape.valuesOf(), ...year, type: 'schoolYear', schoolYear: String(year.schoolYear) }
}

export function NewPage() {
  const { parent: parentId } = useSearch({ strict: false }) as { parent?: string }
  const { data: terms, isFetching, isError } = useTerms()
  const parent = terms?.find(({ id }) => id === parentId)
  const initial = useInitial(terms ?? [], parent)
  // A parent that was just added is in the list when it has been read again.
  if ((!terms && !isError) || (parentId && !parent && isFetching)) return <Waiting />
  return <NewRecord key={parentId} {...form} initial={initial} />
}
export const { pasteKind, EditPage, PastePage } = formScreens(form)
