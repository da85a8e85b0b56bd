import type { FormShape, FormValues } from '../records/form-shape.ts'
import type { AnyRecord, RecordKind } from '../records/record-kind.ts'
import type { CellReads } from './cell-reads.ts'
import { useCellReads } from './cell-reads.ts'
import type { PasteField } from './paste-field.ts'
import type { DayOrder } from './read-day.ts'
import type { Telling } from './standing.ts'
import type { Asked, Found } from './use-known.ts'

type OwnFields = Readonly<Record<string, PasteField | readonly PasteField[] | null>>

/** What is pasted: a row becomes a form of the kind, and is checked by the form's own rules. */
export interface PasteKind<R extends AnyRecord, V extends FormValues> {
  kind: RecordKind<R>
  shape: FormShape<R, V>
  /** Fields whose cells are read in a way of their own; null of those that nobody pastes. */
  useOwn?(reads: CellReads): OwnFields
  telling: Telling
  /** Where the list doesn't come whole: the records that rows may mean. */
  useAlike?(asked: Asked): Found
}
/** Whichever kind it is: what these functions use is the same in all. */
export type AnyPasteKind = PasteKind<AnyRecord, FormValues>

const useNone = (): OwnFields => ({})

/** The fields that columns can be: those of the form, in its order. */
export function usePasteFields({ kind, shape, useOwn = useNone }: AnyPasteKind, order: DayOrder | undefined) {
  const reads = useCellReads(kind, order)
  const own = useOwn(reads)
  const details = shape.useDetails?.() ?? {}
  return Object.entries(shape.fields).flatMap(([name, field]): PasteField[] => {
    const { choices = [], isShown = true } = details[name] ?? {}
    if (name in own) return [own[name] ?? []].flat()
    if (!field || !isShown) return []
    const read = reads[field.is](name, choices)
    return name === 'familyName' ? [read, reads.fullName()] : [read]
  })
}
