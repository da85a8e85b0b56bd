/**
 * One kit for the screens of every kind of record. A kind says once what is its own (see rooms/room-kind.ts), and gets:
 *  - `useEdit(kind, shape, record, onSaved)` and `useCreate(kind, shape)`: the form's state over the server's own zod
 *    object, refusals at their field, and two people's edits brought together. `shape` is a `FormShape`; it holds zod, so
 *    keep it in the form's own lazily loaded file (rooms/room-form-screens.tsx).
 *  - `<RecordForm state={...}>` with the fields of record-fields.tsx inside: summary, failure, buttons.
 *  - `<NewRecord>` and `<EditRecord>`: these two as whole pages, leaving guarded, drafts kept. Most need no more.
 *  - `<RecordActions kind record>`: Edit, Archive (asks when others stand on the record), Restore, with Undo.
 *  - `<RecordsList>` and `<RecordFrame>`: the page of a list that comes whole, and the page of one record. `<RecordsPage>`
 *    is that list's page for rows that come otherwise (guardians/guardians-list.tsx).
 *  - many/: rows of a list chosen (`useChoosing`) and, in the `<BulkBar>`, archived, restored, exported, and set in the
 *    fields that the list names in `useChanges` (rooms/room-changes.ts), with Undo.
 *  - `<PastePage kind shape useFields>` of client/paste/: rows of a spreadsheet become forms of the `shape`; a kind says how
 *    cells are read (rooms/room-form-screens.tsx).
 * The routes /rooms, /rooms/new, /rooms/paste, /rooms/print, /rooms/$id and /rooms/$id/edit are made by `recordRoutes` in
 * client/routes.tsx, from the list of kinds in client/kinds.ts.
 * After a write the screens are brought up to date by client/refresh/: see reads.ts.
 */
import type { Permission } from '../../server/access.ts'
import type { AreaName, Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Api, Outputs } from '../trpc.ts'
import { apiOf } from '../trpc.ts'
import type { KindWords, ListedWords } from './record-words.ts'

type HasVerbs = Record<'get' | 'create' | 'update' | 'archive' | 'restore', unknown>
/** The features of the API that have all the verbs. */
export type KindName = { [Name in keyof Outputs]: Outputs[Name] extends HasVerbs ? Name : never }[keyof Outputs]

/** What every record has, as `get` answers it. */
export interface AnyRecord {
  id: string
  version: number
  archivedAt: string | null
  /** Of a person: since when nothing is known of them any more. */
  erasedAt?: string | null
}

/** The areas that say all of this. */
type AreaOf<Said> = { [Name in AreaName]: Words[Name] extends Said ? Name : never }[AreaName]

export interface RecordKind<R extends AnyRecord> {
  /** Its feature in the API. */
  feature: KindName
  /** Its segment in the address: 'rooms'. */
  path: string
  /** As the server's reasons begin: 'room.stale'. */
  entity: string
  write: Permission
  nameOf(record: R): string
  words: AreaOf<KindWords>
}

/** A kind whose list comes whole; it has a page of its own. */
export interface ListedKind<R extends AnyRecord> extends RecordKind<R> {
  words: AreaOf<ListedWords>
}

export const useKindWords = ({ words }: Pick<RecordKind<never>, 'words'>): KindWords => useWords(words)
export const useListedWords = ({ words }: Pick<ListedKind<never>, 'words'>): ListedWords => useWords(words)

/** The kind's procedures. All kinds' are alike, and rooms stand for them here. */
const proceduresOf = ({ trpc }: Api, feature: KindName) => trpc[feature] as unknown as Api['trpc']['rooms']
export const useProcedures = ({ feature }: { feature: KindName }) => proceduresOf(apiOf(useSchool().slug), feature)

/** The kind's procedures for many at once. Students stand for all kinds here; a kind that sets no field has no `updateMany`. */
export const useManyProcedures = ({ feature }: { feature: KindName }) =>
  apiOf(useSchool().slug).trpc[feature] as unknown as Api['trpc']['students']

/** For a link's `to`; the school and the id are its parameters. */
export const addressOf = (
  { path }: { path: string },
  rest: '' | '/new' | '/paste' | '/$id' | '/$id/edit' = '',
): string => `/$school/${path}${rest}`
