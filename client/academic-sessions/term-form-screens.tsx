import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { academicSessionTypes } from '../../db/values.ts'
import { createAcademicSessionInput } from '../../server/academic-sessions/input.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FieldOf, FormShape } from '../records/form-shape.ts'
import { numberIn, picked, textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { DayField, labelIn, SelectField, TextField, withChosen } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import { useTrpc } from '../school.tsx'
import { Waiting } from '../ui/page.tsx'
import type { Term, TermRow } from './term-kind.ts'
import { termKind, termWords } from './term-kind.ts'

type Type = Term['type']

const valuesOf = (term?: Term) => ({
  type: term?.type ?? ('term' as Type),
  parentId: textOf(term?.parentId),
  title: textOf(term?.title),
  startDate: textOf(term?.startDate),
  endDate: textOf(term?.endDate),
  schoolYear: textOf(term?.schoolYear),
})
export type TermValues = ReturnType<typeof valuesOf>

/** Longest first. What a term is part of is longer than it. */
const rank = (type: Type): number => academicSessionTypes.indexOf(type)

function useTerms(): TermRow[] | undefined {
  const trpc = useTrpc()
  return useQuery(trpc.academicSessions.list.queryOptions({})).data
}

function useChoices(terms: readonly TermRow[] = []) {
  const words = useWords(termWords)
  return terms.map(({ id, title, startDate, endDate }) => ({
    value: id,
    label: words.choice(title, startDate, endDate),
  }))
}

function useWritten() {
  const { types } = useWords(termWords)
  const choices = useChoices(useTerms())
  return (values: TermValues, field: FieldOf<TermValues>) => {
    if (field === 'type') return types[values.type]
    return field === 'parentId' ? labelIn(choices, values.parentId) : undefined
  }
}

export const termForm: FormShape<Term, TermValues> = {
  name: 'term',
  schema: createAcademicSessionInput,
  valuesOf,
  inputOf: (values, fields) => picked({ ...values, schoolYear: numberIn(values.schoolYear) }, fields),
  refusedAt: {
    'academicSession.dates_order': 'endDate',
    'academicSession.dates_outside': 'startDate',
    'academicSession.leaves_out': 'startDate',
    'academicSession.not_found': 'parentId',
    'academicSession.parent_shorter': 'parentId',
  },
  useWritten,
}

function TermFields({ state, record }: { state: RecordFormState<TermValues>; record?: Term | undefined }) {
  const words = useWords(termWords)
  const { form } = state
  const terms = useTerms() ?? []
  const types = academicSessionTypes.map((value) => ({ value, label: words.types[value] }))
  const longer = terms.filter(({ id, type }) => id !== record?.id && rank(type) < rank(form.values.type))
  const parents = withChosen(useChoices(longer), record?.parentId, record?.parentTitle)
  /** The school year is its parent's, unless somebody has typed one. */
  const follow = (id: string) => {
    const year = terms.find((term) => term.id === id)?.schoolYear
    if (year && !form.values.schoolYear) form.setFieldValue('schoolYear', String(year))
  }
  return (
    <fieldset>
      <TextField state={state} name="title" isFirst isWhole required />
      <SelectField state={state} name="type" choices={types} />
      <TextField state={state} name="schoolYear" isNumber />
      {(parents.length > 0 || form.values.parentId) && (
        <SelectField state={state} name="parentId" choices={parents} none={words.noParent} isWhole onChosen={follow} />
      )}
      <DayField state={state} name="startDate" />
      <DayField state={state} name="endDate" />
    </fieldset>
  )
}

const pages = {
  kind: termKind,
  shape: termForm,
  fields: (state: RecordFormState<TermValues>, record?: Term) => <TermFields state={state} record={record} />,
}

/** Below its parent, which the address may name: what is usual there is chosen already. */
const within = (parent: TermRow): TermValues => ({
  ...valuesOf(),
  type: academicSessionTypes[Math.min(rank(parent.type) + (parent.type === 'schoolYear' ? 2 : 1), 3)] ?? 'term',
  parentId: parent.id,
  schoolYear: textOf(parent.schoolYear),
})

export function NewPage() {
  const { loading } = useMessages()
  const { parent: parentId } = useSearch({ strict: false }) as { parent?: string }
  const terms = useTerms()
  const parent = terms?.find(({ id }) => id === parentId)
  if (parentId && !terms) return <Waiting label={loading} />
  return <NewRecord key={parentId} {...pages} initial={parent ? within(parent) : valuesOf()} />
}
export const EditPage = () => <EditRecord {...pages} />

function usePasteFields({ text, oneOf, reference, day }: CellReads) {
  const { types } = useWords(termWords)
  const { data = [] } = useQuery(useTrpc().academicSessions.list.queryOptions({}))
  const terms = data.map(({ id, title }) => ({ id, names: [title] }))
  return [
    text('title'),
    oneOf('type', types),
    text('schoolYear'),
    reference('parentId', terms),
    day('startDate'),
    day('endDate'),
  ]
}

export const PastePage = () => <Paste kind={termKind} shape={termForm} useFields={usePasteFields} />
