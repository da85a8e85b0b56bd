/** What tables hold of a person, and what an erasure makes of it. */
import type { Column } from 'drizzle-orm'
import type { FieldsOf, Kind, RecordTable } from './kind.ts'

/** What becomes of a column: it is kept, or holds this from then on. */
type Fate<V> = 'kept' | { becomes: V }
type Place = 'schoolId' | 'id' | 'version'
/** Every column is decided on: a new one does not compile before it is. */
type Fates<T extends RecordTable> = {
  readonly [Field in Exclude<keyof T['$inferSelect'], Place>]: Fate<T['$inferSelect'][Field]>
}

/** The rows of one table that tell of a person. */
export interface PersonalRows {
  kind: Kind<RecordTable>
  /** Whose they are: its own id in the person's own table. */
  of: Column
  /** By column; `deleted` where nothing needs the row once nobody is to know whose it was. */
  fates: Readonly<Record<string, Fate<unknown>>> | 'deleted'
  /** What happened to the row is nothing personal, and stays told. */
  keepsHistory: boolean
}

export const personal = <T extends RecordTable>(
  kind: Kind<T>,
  of: Column,
  fates: Fates<T> | 'deleted',
  { keepsHistory = false } = {},
): PersonalRows => ({ kind: kind as unknown as Kind<RecordTable>, of, fates, keepsHistory })

export const emptied = { becomes: null } as const

/** Of a record that came by an exchange: where it came from, and what else was told of it. */
export const exchangeErased = { sourcedId: emptied, extra: { becomes: {} } } as const

/**
 * A name in class lists and in history. Search finds it by nothing. The archiving stays what it was, and since when the
 * data is gone is set by the erasure itself.
 */
export const nameErased = {
  givenName: { becomes: '' },
  middleName: emptied,
  familyName: { becomes: 'Erased' },
  preferredName: emptied,
  sortName: { becomes: 'erased' },
  searchText: { becomes: '' },
  email: emptied,
  ...exchangeErased,
  archivedAt: 'kept',
  erasedAt: 'kept',
} as const

/** The fields that an erasure writes. */
export const erasedFields = (fates: Exclude<PersonalRows['fates'], 'deleted'>): FieldsOf<RecordTable> =>
  Object.fromEntries(Object.entries(fates).flatMap(([field, fate]) => (fate === 'kept' ? [] : [[field, fate.becomes]])))
