import { recordKinds } from '../../db/values.ts'
import type { NameOrder } from '../people.ts'
import type { FormShape, FormValues, Sentences } from '../records/form-shape.ts'
import { errorsIn } from '../records/form-shape.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import { recased } from './name-cells.ts'
import type { PasteField, Read } from './paste-field.ts'
import { cleaned } from './read-cells.ts'

/** One pasted row. It is replaced when a cell of it changes, and never changed itself. */
export interface PastedRow {
  /** Its number in what was pasted, from 1. */
  id: number
  cells: readonly string[]
  isLeftOut: boolean
  /** What it is instead of a record. */
  why?: 'total' | 'heads' | undefined
  /** What is done with a row that is known already (standing.ts). */
  choice?: string | undefined
  /** What the server refused it for, by the form's field. */
  refusals?: Readonly<Record<string, string>> | undefined
}
/** What a cell that is not empty says. */
export interface Said {
  field: PasteField
  cell: string
  read: Read
}
export interface CheckedRow {
  row: PastedRow
  said: readonly Said[]
  values: FormValues
  /** As the server takes it. */
  item: Readonly<Record<string, unknown>>
  /** By column's field, or by the form's where no column is it: what is wrong. */
  problems: Readonly<Record<string, string>>
}

export type Mapping = readonly (string | null)[]

export interface Rules {
  shape: FormShape<AnyRecord, FormValues>
  sentences: Sentences
  mapping: Mapping
  fields: readonly PasteField[]
  /** By column. */
  nameOrders?: readonly (NameOrder | undefined)[]
  isRecased?: boolean
}

const mappedFields = ({ mapping, fields }: Pick<Rules, 'mapping' | 'fields'>): PasteField[] =>
  fields.filter(({ name }) => mapping.includes(name))

/** The fields without which no row can be saved, and that no column is. */
export function missingFields(rules: Omit<Rules, 'shape'>): string[] {
  const filled = new Set(mappedFields(rules).flatMap(({ fills }) => fills))
  return Object.keys(rules.sentences.kind.missing ?? {}).filter((field) => !filled.has(field))
}

const needed = ({ sentences }: Rules): string[] => Object.keys(sentences.kind.missing ?? {})

/** What goes to the server: what cells say, what nothing can be saved without, and what a form begins with. */
function sentFields(rules: Rules, said: readonly Said[]): string[] {
  const sent = new Set([...said.flatMap(({ field }) => field.fills), ...needed(rules)])
  return Object.entries(rules.shape.valuesOf()).flatMap(([field, usual]) =>
    sent.has(field) || (typeof usual === 'string' && usual !== '') ? [field] : [],
  )
}

function atColumns(errors: Readonly<Record<string, string>>, mapped: readonly PasteField[]): Record<string, string> {
  const at = (field: string) => mapped.find(({ fills }) => fills.includes(field))?.name ?? field
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [at(field), error]))
}

/** 'local.city' is a line of `local`. */
function fill(values: FormValues, { read }: Said): void {
  if ('problem' in read) return
  for (const [path, value] of Object.entries(read.values)) {
    const [field = '', line] = path.split('.')
    values[field] = line === undefined ? value : { ...(values[field] as object), [line]: value }
  }
}

/** The form of what the cells say, laid over that of a record or of a new one, and what its rules find. */
function filled(row: PastedRow, said: readonly Said[], values: FormValues, sent: string[], rules: Rules): CheckedRow {
  const { shape, sentences } = rules
  const mapped = mappedFields(rules)
  for (const one of said) fill(values, one)
  const unread = said.flatMap(({ field, read }) => ('problem' in read ? [[field.name, read.problem]] : []))
  return {
    row,
    said,
    values,
    item: shape.inputOf(values, sent) as CheckedRow['item'],
    problems: {
      ...atColumns(errorsIn(shape, values, sentences, sent), mapped),
      ...Object.fromEntries(unread),
      ...atColumns(row.refusals ?? {}, mapped),
    },
  }
}

/** As a new record. */
export function checkRow(row: PastedRow, rules: Rules): CheckedRow {
  const said = mappedFields(rules).flatMap((field): Said[] => {
    const column = rules.mapping.indexOf(field.name)
    const given = row.cells[column] ?? ''
    // A title or a code finds the record that has it, with all that is in it.
    const typed = field.isName ? cleaned(given) : given.trim()
    const cell = rules.isRecased && field.isName ? recased(typed) : typed
    return cell ? [{ field, cell, read: field.read(cell, rules.nameOrders?.[column]) }] : []
  })
  return filled(row, said, rules.shape.valuesOf(), sentFields(rules, said), rules)
}

/** As a change of a record, of which only these cells say something else. */
export function checkChange(row: PastedRow, said: readonly Said[], before: FormValues, rules: Rules): CheckedRow {
  const changed = [...new Set(said.flatMap(({ field }) => field.fills))]
  const checked = filled(row, said, { ...before }, [...new Set([...changed, ...needed(rules)])], rules)
  return { ...checked, item: rules.shape.inputOf(checked.values, changed) as CheckedRow['item'] }
}

/** The field that no two records share: the one at which it is said that it is taken. */
export const uniqueField = ({ name }: Pick<Rules['shape'], 'name'>): string | undefined =>
  recordKinds[name].unique ?? undefined
