import { addedByName } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import type { FormShape, FormValues } from '../records/form-shape.ts'
import type { AnyRecord, AreaOf, RecordKind } from '../records/record-kind.ts'
import type { CellReads } from './cell-reads.ts'
import { useCellReads } from './cell-reads.ts'
import type { Pasted } from './paste-draft.ts'
import type { PasteField } from './paste-field.ts'
import type { DayOrder } from './read-day.ts'

/** What the rows say of themselves, each once. */
export interface Asked {
  names: readonly Readonly<Record<string, string>>[]
  unique: readonly string[]
}
export interface Found {
  records: readonly AnyRecord[] | undefined
  error: unknown
  askAgain(): void
}

interface HasColumns {
  columns: Readonly<Record<string, string>>
}

type OwnFields = Readonly<Record<string, PasteField | readonly PasteField[] | null>>

/** What is pasted: a row becomes a form of the kind, and is checked by the form's own rules. */
export interface PasteKind<R extends AnyRecord, V extends FormValues> {
  kind: RecordKind<R>
  shape: FormShape<R, V>
  /** Fields whose cells are read in a way of their own; null of those that nobody pastes. */
  useOwn?(reads: CellReads): OwnFields
  /** Where the words of its list are not among the kind's own. */
  listWords?: AreaOf<HasColumns>
  /** Further heads of the list's file. */
  useFileHeads?(): string[]
  /** What is said of all rows together. */
  useNotes?(values: readonly V[]): string[]
  /** Where the list doesn't come whole: the records that rows may mean. */
  useAlike?(asked: Asked): Found
}
/** Whichever kind it is: what these functions use is the same in all. */
export type AnyPasteKind = PasteKind<AnyRecord, FormValues>

const useNone = (): OwnFields => ({})
const useNoHeads = (): string[] => []

/** The fields that columns can be: those of the form, in its order. */
export function usePasteFields(
  { kind, shape, useOwn = useNone }: AnyPasteKind,
  order: DayOrder | undefined,
  adds: Pasted['adds'] = [],
) {
  const reads = useCellReads(kind, order)
  const own = useOwn(reads)
  const details = shape.useDetails?.() ?? {}
  return Object.entries(shape.fields).flatMap(([name, field]): PasteField[] => {
    const { choices = [], isShown = true } = details[name] ?? {}
    if (name in own) return [own[name] ?? []].flat()
    if (!field || !isShown) return []
    const to = field.is === 'reference' ? addedByName.find((one) => one === field.to) : undefined
    const added = adds.flatMap((one) => (one.to === to ? [{ value: one.as, label: one.name }] : []))
    const read = { ...reads[field.is](name, [...choices, ...added]), ...(to && { to }) }
    return name === 'familyName' ? [read, reads.fullName()] : [read]
  })
}

/** The heads of its list's columns, of which some are no field. */
export function useListHeads({ kind, listWords, useFileHeads = useNoHeads }: AnyPasteKind): string[] {
  const { columns = {} } = useWords(listWords ?? kind.words) as Partial<HasColumns>
  return [...Object.values(columns), ...useFileHeads()]
}
