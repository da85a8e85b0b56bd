/** Converts a record of the server to the fields of its form, and back. */
import type { RecordEntity } from '../../db/values.ts'
import type { Reason } from '../../server/errors.ts'
import type { Messages } from '../messages/catalog.ts'
import { inLatinDigits } from '../messages/digits.ts'
import type { KindWords } from './record-words.ts'

export type FormValues = Record<string, unknown>
export type FieldOf<V> = Extract<keyof V, string>
type Path = readonly PropertyKey[]

export type Issues = readonly { path: Path; code: string; origin?: unknown }[]
interface Checked {
  error?: { issues: Issues } | undefined
}

/** How a field is typed and shown, and how a pasted cell of it is read. */
export type Field = Shown &
  ({ is: 'text' | 'email' | 'number' | 'day' | 'flag' | 'oneOf' } | { is: 'reference'; to: RecordEntity })
interface Shown {
  /** The part of the form it is in, where there are several. */
  section?: string
  isWhole?: true
  /** Several lines. */
  isLong?: true
  required?: true
  /** The keyboard that a phone shows, where what the field is does not say it. */
  keyboard?: 'tel'
}
export interface Choice {
  value: string
  label: string
  /** What it is called where the label says more. */
  short?: string
  /** What pasted cells call it. */
  names?: readonly (string | null)[]
}
export interface Details {
  hint?: string
  choices?: readonly Choice[]
  /** The label of the empty choice; without one, something must be chosen. */
  none?: string
  isShown?: boolean
  onChosen?(value: string): void
}
export interface Typed<V> {
  values: V
  setFieldValue(field: string, value: unknown): void
}

/** Made by `formOf` (form-of.ts). */
export interface FormShape<R, V extends FormValues> {
  /** The kind; the ids of the fields begin with it. */
  name: RecordEntity
  schema: { safeParse(input: unknown): Checked }
  fields: Readonly<Record<string, Field | null>>
  /** The form of a record, or of a new one. Its keys are the fields, in their order. */
  valuesOf(record?: R): V
  /** What the server takes, of all fields or these. */
  inputOf(values: V, fields?: readonly string[]): object
  /** The form's field of a path in the input, where the two differ. */
  fieldOf?(path: Path): string
  refusedAt?: Partial<Record<Reason, string>>
  useDetails?(record?: R, form?: Typed<V>): Readonly<Record<string, Details | undefined>>
  useLegends?(): Readonly<Record<string, string>>
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const trimmed = <V>(values: V): V =>
  JSON.parse(JSON.stringify(values), (_, value) => (typeof value === 'string' ? value.trim() : value))

/** The fields whose content differs between two states of the form; spaces at the edges don't count. */
export function changedFields<V extends FormValues>(before: V, after: V): FieldOf<V>[] {
  const [one, other] = [trimmed(before), trimmed(after)]
  return (Object.keys(before) as FieldOf<V>[]).filter((field) => !isSame(one[field], other[field]))
}

export const picked = <V extends FormValues>(values: V, fields: readonly string[]): object =>
  Object.fromEntries(fields.map((field) => [field, values[field]]))

/** A number as it is typed: empty stays empty, and what is no number is left for the rules to refuse. */
export function numberIn(text: string): number | string {
  const typed = inLatinDigits(text.trim())
  return /^\d+$/.test(typed) ? Number(typed) : typed
}
export const choicesOf = <Code extends string>(
  codes: readonly Code[],
  labels: Readonly<Record<Code, string>>,
): Choice[] => codes.map((value) => ({ value, label: labels[value] }))
export const textOf = (value: string | number | null | undefined): string => String(value ?? '')

export interface Sentences {
  kind: KindWords
  messages: Pick<Messages, 'errors'>
}

function sentenceFor(field: string, isTooLong: boolean, isEmpty: boolean, { kind, messages }: Sentences): string {
  const missing = isEmpty && kind.missing?.[field]
  if (missing) return missing
  if (isTooLong) return messages.errors.tooLong
  return kind.wrong?.[field] ?? messages.errors.invalid
}

const valueAt = (values: FormValues, field: string): unknown =>
  field.split('.').reduce<unknown>((value, key) => (value as FormValues | undefined)?.[key], values)

/** What the rules found, with our sentences, by field. */
export function errorsAt<R, V extends FormValues>(
  { fieldOf = (path) => path.join('.') }: FormShape<R, V>,
  issues: Issues,
  values: V,
  sentences: Sentences,
) {
  const errors: Record<string, string> = {}
  for (const { path, code, origin } of issues) {
    const field = fieldOf(path)
    const value = valueAt(values, field)
    const isEmpty = typeof value === 'string' ? !value.trim() : Array.isArray(value) && !value.length
    errors[field] ??= sentenceFor(field, code === 'too_big' && origin === 'string', isEmpty, sentences)
  }
  return inOrder(errors, Object.keys(values))
}

/** Rules about several fields are checked last, but the first of these fields may be at the top of the form. */
function inOrder(errors: Record<string, string>, fields: readonly string[]): Record<string, string> {
  const placeOf = (path: string) => {
    const place = fields.indexOf(path.split('.')[0] ?? '')
    return place < 0 ? fields.length : place
  }
  return Object.fromEntries(Object.entries(errors).toSorted(([a], [b]) => placeOf(a) - placeOf(b)))
}

/** The server's own rules, with our sentences, by field; of these fields only. */
export function errorsIn<R, V extends FormValues>(
  shape: FormShape<R, V>,
  values: V,
  sentences: Sentences,
  fields?: readonly string[],
) {
  const { error } = shape.schema.safeParse(shape.inputOf(values, fields))
  return errorsAt(shape, error?.issues ?? [], values, sentences)
}
