/** A form is declared once, field by field; what it begins with, sends, shows and reads from pasted cells follows. */
import type { RecordEntity } from '../../db/values.ts'
import { recordKinds } from '../../db/values.ts'
import type { Details, Field, FormShape, FormValues, Typed } from './form-shape.ts'
import { numberIn, picked, textOf } from './form-shape.ts'

type KeyOf<T> = T extends unknown ? keyof T & string : never
type Declared<R> = Field & {
  /** What a new record begins with. */
  usual?: string
  /** As people type it, where the record keeps it otherwise. */
  of?(record: R): string | null
}
/** The keys are the fields of the server's inputs and answers; null if the form has no such field. */
type Fields<R, Name extends string> = {
  readonly [N in Name]: N extends KeyOf<R> ? Declared<R> | null : null
}
type ValuesIn<F> = {
  -readonly [N in keyof F as F[N] extends null ? never : N]: F[N] extends { is: 'flag' } ? boolean : string
}
/** A closed list and a reference have choices; any field can have a hint. */
type DetailsIn<F> = {
  [N in keyof F as F[N] extends { is: 'oneOf' | 'reference' } ? N : never]: Details & Required<Pick<Details, 'choices'>>
} & { [N in keyof F]?: Details }

type Schema<Name extends string> = FormShape<never, FormValues>['schema'] & { shape: Readonly<Record<Name, unknown>> }
interface Parts<R, Name extends string, F, Own extends FormValues>
  extends Pick<FormShape<R, ValuesIn<F> & Own>, 'name' | 'fieldOf' | 'refusedAt' | 'useLegends'> {
  /** The server's own rules: the zod object of `create`. A field of it that is not declared does not compile. */
  schema: Schema<Name>
  fields: F
  /** What the form shows in a way of its own. */
  own?(record?: R): Own
  /** What the server takes of that, where it differs. */
  ownInput?(values: Own, fields: readonly string[]): object
  useDetails?(record?: R, form?: Typed<ValuesIn<F> & Own>): DetailsIn<F>
}

function contentOf<R>(field: Declared<R>, name: string, record: R | undefined): unknown {
  const value = (record as FormValues | undefined)?.[name]
  if (field.is === 'flag') return value ?? false
  if (record === undefined) return field.usual ?? ''
  return textOf(field.of ? field.of(record) : (value as string | number | null))
}

/** Where a refusal is shown: at the field that no two records share, or that names another record. */
function refusedIn(entity: RecordEntity, fields: FormShape<never, never>['fields']): Record<string, string> {
  const { unique } = recordKinds[entity]
  const refused = Object.entries(fields).flatMap(([name, field]) => {
    if (name === 'familyName') return [['person.name_missing', 'givenName']]
    if (field?.is === 'reference') return [[`${field.to}.not_found`, name]]
    return name === unique ? [[`${entity}.${name}_taken`, name]] : []
  })
  return Object.fromEntries(refused)
}

export const formOf =
  <R>() =>
  <Name extends string, const F extends Fields<R, Name>, Own extends FormValues = Record<never, never>>(
    parts: Parts<R, Name, F, Own>,
  ): FormShape<R, ValuesIn<F> & Own> => {
    type V = ValuesIn<F> & Own
    const { own, ownInput = picked, ...shape } = parts
    const fields: Readonly<Record<string, Declared<R> | null>> = parts.fields
    return {
      ...shape,
      fields,
      refusedAt: { ...refusedIn(shape.name, fields), ...shape.refusedAt },
      valuesOf(record) {
        const others: FormValues = own?.(record) ?? {}
        const values = Object.entries(fields).flatMap(([name, field]) =>
          field ? [[name, contentOf(field, name, record)]] : name in others ? [[name, others[name]]] : [],
        )
        return { ...Object.fromEntries(values), ...others } as V
      },
      inputOf(values, names = Object.keys(values)) {
        const declared = names.filter((name) => fields[name])
        const numbers = declared.filter((name) => fields[name]?.is === 'number')
        return {
          ...picked(values, declared),
          ...Object.fromEntries(numbers.map((name) => [name, numberIn(String(values[name]))])),
          ...ownInput(
            values,
            names.filter((name) => !fields[name]),
          ),
        }
      },
    }
  }

/** The names of a person, first in a form. One of the first two is enough. */
export const personFields = {
  givenName: { is: 'text', section: 'name' },
  familyName: { is: 'text' },
  middleName: { is: 'text' },
  preferredName: { is: 'text' },
} as const
