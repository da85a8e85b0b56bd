import type { Reader, Transaction } from '../../db/database.ts'
import type { Deed } from '../../db/values.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord, restoreRecord } from './archive.ts'
import type { ArchiveInput, SeenVersion } from './input.ts'
import type { FieldsOf, RecordTable, RowOf } from './kind.ts'
import type { Dependent, WritableKind } from './refer.ts'
import { requireReferences } from './refer.ts'
import { addRecord, changeRecord, seenRecord } from './write.ts'

export interface Ways<T extends RecordTable, Answer> {
  /** What every verb answers: the record as screens show it. */
  read(db: Reader, ctx: Context, id: string): Promise<Answer>
  /** Throws where the fields, laid over the record as it was, must not stand. */
  check?(tx: Transaction, ctx: MutationContext, fields: FieldsOf<T>, before?: RowOf<T>): Promise<void>
  /** What refers to such records: see `dependentsOf`. */
  dependents?: readonly Dependent[]
}

/** Throws where the fields must not stand, or name what isn't in use. */
const looking =
  <T extends RecordTable>(kind: WritableKind<T>, { check }: Pick<Ways<T, unknown>, 'check'>) =>
  async (tx: Transaction, ctx: MutationContext, fields: FieldsOf<T>, before?: RowOf<T>) => {
    await requireReferences(tx, ctx.school.id, kind, fields, before)
    await check?.(tx, ctx, fields, before)
  }

/** Create, update, archive and restore of a kind that has nothing peculiar about them. */
export function verbsOf<T extends RecordTable, Answer>(kind: WritableKind<T>, ways: Ways<T, Answer>) {
  const { read, dependents } = ways
  const look = looking(kind, ways)
  const written = (ctx: MutationContext, deed: Deed, write: (tx: Transaction) => Promise<Change[]>, id?: string) =>
    mutate(ctx, { deed, about: kind.entity }, write, (tx, [first]) => read(tx, ctx, id ?? first?.id ?? ''))
  return {
    create: (ctx: MutationContext, fields: FieldsOf<T>) =>
      written(ctx, 'add', async (tx) => {
        await look(tx, ctx, fields)
        return [await addRecord(tx, kind, ctx.school.id, fields)]
      }),
    /** Changes the given fields of the record as it was at `version`; the kind's `stale` when it has changed since. */
    update: (ctx: MutationContext, { id, version, ...fields }: SeenVersion & FieldsOf<T>) =>
      written(
        ctx,
        'change',
        async (tx) => {
          const before = await seenRecord(tx, kind, ctx, { id, version })
          await look(tx, ctx, fields as FieldsOf<T>, before)
          return changeRecord(tx, kind, before, fields as FieldsOf<T>)
        },
        id,
      ),
    archive: (ctx: MutationContext, input: ArchiveInput) =>
      written(ctx, 'archive', (tx) => archiveRecord(tx, ctx, kind, input, dependents), input.id),
    restore: (ctx: MutationContext, input: SeenVersion) =>
      written(ctx, 'restore', (tx) => restoreRecord(tx, ctx, kind, input), input.id),
  }
}
