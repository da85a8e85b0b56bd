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
import type { DecorateMutationProcedure, DecorateQueryProcedure } from '@trpc/tanstack-react-query'
import type { ListPath, RecordEntity } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import type { AreaName, Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Api, Inputs, Outputs } from '../trpc.ts'
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

type Trpc = Api['trpc']
interface Options {
  transformer: boolean
  errorShape: Trpc['rooms']['get']['~types']['errorShape']
  featureFlags: { keyPrefix: false }
}
type Query<Input, Output> = DecorateQueryProcedure<Options & { input: Input; output: Output }>
type Mutation<Input, Output> = DecorateMutationProcedure<Options & { input: Input; output: Output }>
/** What the kit calls of them: the same in all kinds, but for the record and the fields. */
export interface KindProcedures<R> {
  get: Query<{ id: string }, R>
  list: Query<{ archived: boolean }, unknown[]>
  create: Mutation<object, R>
  update: Mutation<Seen, R>
  archive: Mutation<Inputs['rooms']['archive'], R>
  restore: Mutation<Seen, R>
  createMany: Mutation<{ items: readonly object[] }, Outputs['students']['createMany']>
  updateMany: Mutation<Chosen & { set: object }, Outputs['students']['updateMany']>
  archiveMany: Mutation<
    Chosen & { standing: Inputs['rooms']['archive']['standing'] },
    Outputs['students']['archiveMany']
  >
  restoreMany: Mutation<Chosen, Outputs['students']['restoreMany']>
  /** Of people. */
  erase: Mutation<Inputs['students']['erase'], Outputs['students']['erase']>
}
type Seen = Inputs['rooms']['restore']
/** Many of them: by name, or all that the list's filter finds. */
export type Chosen = Inputs['students']['restoreMany']

/** The areas that say all of this. */
type AreaOf<Said> = { [Name in AreaName]: Words[Name] extends Said ? Name : never }[AreaName]

export interface RecordKind<R extends AnyRecord> {
  /** Its procedures: `(trpc) => trpc.rooms`. */
  procedures(trpc: Trpc): Trpc[KindName]
  /** Its segment in the address: 'rooms'. */
  path: ListPath
  /** As the server's reasons begin: 'room.stale'. */
  entity: RecordEntity
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

export const useProcedures = <R extends AnyRecord>(kind: RecordKind<R>): KindProcedures<R> =>
  kind.procedures(apiOf(useSchool().slug).trpc) as unknown as KindProcedures<R>
