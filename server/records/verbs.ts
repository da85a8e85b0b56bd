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
import { addRows, changeRows, seenRecord } from './write.ts'

export interface Ways<T extends RecordTable, Answer> {
  read(db: Reader, ctx: Context, id: string): Promise<Answer>
  /** Throws where the fields, laid over the record, break a rule. */
  check?(tx: Transaction, ctx: MutationContext, fields: FieldsOf<T>, before?: RowOf<T>): Promise<void>
  dependents?: readonly Dependent[]
}

const looking =
  <T extends RecordTable>(kind: WritableKind<T>, { check }: Pick<Ways<T, unknown>, 'check'>) =>
  async (tx: Transaction, ctx: MutationContext, fields: FieldsOf<T>, before?: RowOf<T>) => {
    await requireReferences(tx, ctx.school.id, kind, fields, before)
    await check?.(tx, ctx, fields, before)
  }

export function verbsOf<T extends RecordTable, Answer>(kind: WritableKind<T>, ways: Ways<T, Answer>) {
  const { read, dependents } = ways
  const look = looking(kind, ways)
  const written = (ctx: MutationContext, deed: Deed, write: (tx: Transaction) => Promise<Change[]>, id?: string) =>
    mutate(ctx, { deed, about: kind.entity }, write, (tx, [first]) => read(tx, ctx, id ?? first?.id ?? ''))
  return {
    create: (ctx: MutationContext, fields: FieldsOf<T>) =>
      written(ctx, 'add', async (tx) => {
        await look(tx, ctx, fields)
        return addRows(tx, kind, ctx.school.id, [fields])
      }),
    update: (ctx: MutationContext, { id, version, ...fields }: SeenVersion & FieldsOf<T>) =>
      written(
        ctx,
        'change',
        async (tx) => {
          const before = await seenRecord(tx, kind, ctx, { id, version })
          await look(tx, ctx, fields as FieldsOf<T>, before)
          return changeRows(tx, kind, [before], fields as FieldsOf<T>)
        },
        id,
      ),
    archive: (ctx: MutationContext, input: ArchiveInput) =>
      written(ctx, 'archive', (tx) => archiveRecord(tx, ctx, kind, input, dependents), input.id),
    restore: (ctx: MutationContext, input: SeenVersion) =>
      written(ctx, 'restore', (tx) => restoreRecord(tx, ctx, kind, input), input.id),
  }
}
