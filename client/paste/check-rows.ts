import type { FormShape, FormValues, Sentences } from '../records/form-shape.ts'
import { errorsIn } from '../records/form-shape.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import type { PasteField, PasteWords } from './paste-field.ts'

/** One pasted row. It is replaced when a cell of it changes, and never changed itself. */
export interface PastedRow {
  /** Its number in what was pasted, from 1. */
  id: number
  cells: readonly string[]
  isLeftOut: boolean
  /** What the server refused it for, by the form's field. */
  refusals?: Readonly<Record<string, string>> | undefined
}
export interface CheckedRow {
  row: PastedRow
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
}

const mappedFields = ({ mapping, fields }: Pick<Rules, 'mapping' | 'fields'>): PasteField[] =>
  fields.filter(({ name }) => mapping.includes(name))

/** The fields without which no row can be saved, and that no column is. */
export function missingFields(rules: Omit<Rules, 'shape'>): string[] {
  const filled = new Set(mappedFields(rules).flatMap(({ fills }) => fills))
  return Object.keys(rules.sentences.kind.missing ?? {}).filter((field) => !filled.has(field))
}

/** What goes to the server: the fields of the columns, those nothing can be saved without, and what a form begins with. */
function sentFields(rules: Rules): string[] {
  const filled = new Set(mappedFields(rules).flatMap(({ fills }) => fills))
  const missing = new Set(missingFields(rules))
  const isSent = ([field, usual]: [string, unknown]) =>
    filled.has(field) || missing.has(field) || (typeof usual === 'string' && usual !== '')
  return Object.entries(rules.shape.valuesOf())
    .filter(isSent)
    .map(([field]) => field)
}

function atColumns(errors: Readonly<Record<string, string>>, mapped: readonly PasteField[]): Record<string, string> {
  const at = (field: string) => mapped.find(({ fills }) => fills.includes(field))?.name ?? field
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [at(field), error]))
}

export function checkRow(row: PastedRow, rules: Rules): CheckedRow {
  const { shape, sentences, mapping } = rules
  const mapped = mappedFields(rules)
  const values = shape.valuesOf()
  const unread: Record<string, string> = {}
  for (const field of mapped) {
    const cell = row.cells[mapping.indexOf(field.name)]?.trim() ?? ''
    if (!cell) continue
    const read = field.read(cell)
    if ('problem' in read) unread[field.name] = read.problem
    else Object.assign(values, read.values)
  }
  const sent = sentFields(rules)
  const errors = errorsIn(shape, values, sentences, sent)
  return {
    row,
    values,
    item: shape.inputOf(values, sent) as CheckedRow['item'],
    problems: { ...atColumns(errors, mapped), ...unread, ...atColumns(row.refusals ?? {}, mapped) },
  }
}

/** The field that no two records share: the one at which it is said that it is taken. */
export const uniqueField = ({ refusedAt = {} }: Rules['shape']): string | undefined =>
  Object.entries(refusedAt).find(([reason]) => reason.endsWith('_taken'))?.[1]

/** The rows in which an earlier one's name or number stands again: only both together show it. */
export function withTwins(rows: readonly CheckedRow[], unique: string | undefined, words: PasteWords): CheckedRow[] {
  if (!unique) return [...rows]
  const owners = new Map<unknown, number>()
  return rows.map((checked) => {
    const { row, item, problems } = checked
    const own = item[unique]
    if (row.isLeftOut || !own) return checked
    const owner = owners.get(own)
    if (owner === undefined) {
      owners.set(own, row.id)
      return checked
    }
    return { ...checked, problems: { [unique]: words.problems.twice(owner), ...problems } }
  })
}

export const isBad = ({ row, problems }: CheckedRow): boolean => !row.isLeftOut && Object.keys(problems).length > 0
export const isReady = ({ row, problems }: CheckedRow): boolean => !row.isLeftOut && !Object.keys(problems).length
