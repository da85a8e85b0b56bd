import type { MutationContext } from '../context.ts'
import { promoteWaiting } from '../enrollments/seats.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf } from '../kinds.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenVersion } from '../records/input.ts'
import { classKind } from './kind.ts'
import { readClass } from './read.ts'

export const archiveClass = (ctx: MutationContext, input: ArchiveInput) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'class' },
    (tx) => archiveRecord(tx, ctx, classKind, input, dependentsOf('class')),
    (tx) => readClass(tx, ctx, input.id),
  )

export const restoreClass = (ctx: MutationContext, input: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'class' },
    async (tx) => [...(await restoreRecord(tx, ctx, classKind, input)), ...(await promoteWaiting(tx, ctx, input.id))],
    (tx) => readClass(tx, ctx, input.id),
  )
