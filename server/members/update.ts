import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { requireReferences } from '../records/refer.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import type { UpdateMemberInput } from './input.ts'
import { memberKind } from './kind.ts'
import { readMember } from './read.ts'
import { keepAnAdministrator, requireFit, requireFreeInstructor } from './rights.ts'

async function change(tx: Transaction, ctx: MutationContext, { id, version, ...fields }: UpdateMemberInput) {
  const { role, instructorId } = fields
  const before = await seenRecord(tx, memberKind, ctx, { id, version })
  if (before.archivedAt) throw new DomainError('member.not_found')
  if (role) await requireFit(tx, before.userId, role)
  await requireReferences(tx, ctx.school.id, memberKind, fields, before)
  await requireFreeInstructor(tx, ctx.school.id, instructorId, id)
  const isDemoted = before.role === 'administrator' && role !== undefined && role !== 'administrator'
  if (isDemoted) await keepAnAdministrator(tx, ctx.school.id, id)
  return changeRows(tx, memberKind, [before], fields)
}

/** The change takes effect with the member's next request, in every process. */
export const updateMember = (ctx: MutationContext, input: UpdateMemberInput) =>
  mutate(
    ctx,
    { deed: 'change', about: 'membership' },
    (tx) => change(tx, ctx, input),
    (tx) => readMember(tx, ctx, input.id),
  )
