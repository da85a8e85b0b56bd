/**
 * One kit for the screens of every kind of record. rooms/ shows all that a kind says of its own:
 *  - room-kind.ts: the kind.
 *  - room-form-screens.tsx: its form, by `formOf`. Adding, editing and pasting follow. It holds zod, so it is loaded late.
 *  - room-screens.tsx: its list and the page of one. A list in pages is as in guardians/guardians-list.tsx.
 *  - room-changes.ts: what can be set in many at once.
 * client/routes.tsx makes the addresses from client/kinds.ts, and client/refresh/ brings the screens up to date.
 */
import type { DecorateMutationProcedure, DecorateProcedure, DecorateQueryProcedure } from '@trpc/tanstack-react-query'
import type { ListPath, RecordEntity } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import type { SeenVersion } from '../../server/records/input.ts'
import { apiOf } from '../api.ts'
import type { Cursor } from '../lists/list-sheet.ts'
import type { AreaName, Words } from '../messages/catalog.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Api, Inputs, Outputs } from '../trpc.ts'
import type { KindWords, ListedWords } from './record-words.ts'

type HasVerbs = Record<'get' | 'create' | 'update' | 'archive' | 'restore', unknown>
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
type Pages<Input, Output> = DecorateProcedure<'query', Options & { input: Input; output: Output }>
type Mutation<Input, Output> = DecorateMutationProcedure<Options & { input: Input; output: Output }>
/** What the kit calls of them: the same in all kinds, but for the record and the fields. */
export interface KindProcedures<R> {
  get: Query<{ id: string }, R>
  list: Query<{ archived: boolean }, unknown[]>
  create: Mutation<object, R>
  update: Mutation<SeenVersion, R>
  archive: Mutation<Inputs['rooms']['archive'], R>
  restore: Mutation<SeenVersion, R>
  createMany: Mutation<
    { items: readonly object[]; adds?: Inputs['rooms']['createMany']['adds'] },
    Outputs['students']['createMany']
  >
  updateMany: Mutation<Chosen & { set: object }, Outputs['students']['updateMany']>
  archiveMany: Mutation<
    Chosen & { standing: Inputs['rooms']['archive']['standing'] },
    Outputs['students']['archiveMany']
  >
  restoreMany: Mutation<Chosen, Outputs['students']['restoreMany']>
  /** Of people. */
  erase: Mutation<Inputs['students']['erase'], Outputs['students']['erase']>
}
/** Of a kind whose list comes in pages. */
export interface PagedProcedures<Row> {
  count: Query<object, number>
  list: Pages<{ limit: number; cursor?: Cursor }, { rows: Row[]; next: Cursor }>
}
/** Many of them: by name, or all that the list's filter finds. */
export type Chosen = Inputs['students']['restoreMany']

export type AreaOf<Said> = { [Name in AreaName]: Words[Name] extends Said ? Name : never }[AreaName]

export interface RecordKind<R extends AnyRecord> {
  /** Its procedures: `(trpc) => trpc.rooms`. */
  procedures(trpc: Trpc): Trpc[KindName]
  path: ListPath
  /** As the server's reasons begin: 'room.stale'. */
  entity: RecordEntity
  write: Permission
  nameOf(record: R): string
  words: AreaOf<KindWords>
}

/** A kind whose list comes whole; it has a page of its own, which says of every field of the input how it is shown. */
export interface ListedKind<R extends AnyRecord, Field extends string = string> extends RecordKind<R> {
  words: AreaOf<ListedWords<Field>>
}

export const useKindWords = ({ words }: Pick<RecordKind<never>, 'words'>): KindWords => useWords(words)
export const useListedWords = ({ words }: Pick<ListedKind<never>, 'words'>): ListedWords => useWords(words)

export const useProcedures = <R extends AnyRecord, Procedures = KindProcedures<R>>(kind: RecordKind<R>): Procedures =>
  kind.procedures(apiOf(useSchool().slug).trpc) as unknown as Procedures
