/** Between a student as the server keeps her and the text fields of the form. */
import { addressKinds } from '../../db/values.ts'
import { createStudentInput } from '../../server/students/input.ts'
import type { Messages } from '../messages/en.ts'
import type { Inputs } from '../trpc.ts'
import type { Student } from './student-queries.ts'
import { addressesOf } from './student-summary.tsx'

const lines = ['street', 'city', 'region', 'postalCode', 'country'] as const
type AddressLine = (typeof lines)[number]
export type AddressKind = (typeof addressKinds)[number]
export const addressLines: readonly AddressLine[] = lines

const words = [
  'givenName',
  'middleName',
  'familyName',
  'preferredName',
  'number',
  'email',
  'birthDate',
  'gradeLevel',
  'programId',
] as const
type Word = (typeof words)[number]

export type FormValues = Record<Word, string> &
  Record<AddressKind, Record<AddressLine, string>> & {
    status: Student['status']
    isInternational: boolean
    isCoop: boolean
  }
/** What can be changed and compared on its own: an address is one thing. */
export type FormField = keyof FormValues
export const formFields: readonly FormField[] = [...words, 'status', 'isInternational', 'isCoop', ...addressKinds]

const emptyAddress = () => Object.fromEntries(lines.map((line) => [line, ''])) as Record<AddressLine, string>

/** The form of a new student, or of one with what is known of her. */
export function valuesOf(student?: Student): FormValues {
  const known = student as Partial<Record<string, unknown>> | undefined
  const text = (field: string) => [field, typeof known?.[field] === 'string' ? known[field] : ''] as const
  const address = (kind: AddressKind) => {
    const found = student && addressesOf(student).find((one) => one.kind === kind)
    return found ? Object.fromEntries(lines.map((line) => [line, found[line] ?? ''])) : emptyAddress()
  }
  return {
    ...Object.fromEntries(words.map(text)),
    ...Object.fromEntries(addressKinds.map((kind) => [kind, address(kind)])),
    status: student?.status ?? 'active',
    isInternational: student?.isInternational ?? false,
    isCoop: student?.isCoop ?? false,
  } as FormValues
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const trimmed = (values: FormValues): FormValues =>
  JSON.parse(JSON.stringify(values), (_, value) => (typeof value === 'string' ? value.trim() : value))

/** The fields whose content differs between two states of the form; spaces at the edges don't count. */
export function changedFields(before: FormValues, after: FormValues): FormField[] {
  const [one, other] = [trimmed(before), trimmed(after)]
  return formFields.filter((field) => !isSame(one[field], other[field]))
}

/** What the server takes, of all fields or of these. */
export function inputOf(values: FormValues, fields: readonly FormField[] = formFields) {
  const isAddress = (field: FormField): field is AddressKind => (addressKinds as readonly string[]).includes(field)
  const plain = fields.filter((field) => !isAddress(field)).map((field) => [field, values[field]])
  const addresses = fields.filter(isAddress).map((kind) => ({ kind, ...values[kind] }))
  return { ...Object.fromEntries(plain), ...(addresses.length && { addresses }) } as Omit<
    Inputs['students']['update'],
    'id' | 'version'
  >
}

/** 'addresses.1.street' of the input is 'permanent.street' of the form. */
const fieldOf = (path: PropertyKey[]) =>
  path[0] === 'addresses' ? [addressKinds[Number(path[1])], ...path.slice(2)].join('.') : path.join('.')

function sentenceFor(field: string, code: string, isEmpty: boolean, { form }: Messages): string {
  if (isEmpty && field in form.missing) return form.missing[field as keyof typeof form.missing]
  if (code === 'too_big') return form.tooLong
  if (field === 'email') return form.emailInvalid
  if (field === 'birthDate') return form.dateInvalid
  return form.invalid
}

/** The server's own rules, with our sentences, by field. */
export function errorsIn(values: FormValues, messages: Messages): Record<string, string> {
  const checked = createStudentInput.safeParse(inputOf(values))
  const errors: Record<string, string> = {}
  for (const { path, code } of checked.error?.issues ?? []) {
    const field = fieldOf(path)
    const value = (values as Record<string, unknown>)[field]
    errors[field] ??= sentenceFor(field, code, typeof value === 'string' && !value.trim(), messages)
  }
  return errors
}
