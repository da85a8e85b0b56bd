import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { guardianKind } from '../guardians/kind.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { addRecord, currentRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import { inCallingOrder, linksOf, noMarks, studentGuardianCore } from './core.ts'
import type { CreateStudentGuardianInput } from './input.ts'
import { guardiansOf } from './read.ts'

async function guardianOf(tx: Transaction, schoolId: number, { guardianId, guardian }: CreateStudentGuardianInput) {
  if (guardian) {
    const added = await addRecord(tx, guardianKind, schoolId, guardian)
    return { id: added.after.id, changes: [added] as Change[] }
  }
  if (!guardianId) throw new DomainError('guardian.not_found')
  return { id: (await currentRecord(tx, guardianKind, schoolId, guardianId)).id, changes: [] }
}

export function createStudentGuardian(ctx: MutationContext, input: CreateStudentGuardianInput) {
  const { studentId, guardianId: _, guardian: __, priority, ...fields } = input
  const schoolId = ctx.school.id
  return mutate(
    ctx,
    { deed: 'add', about: 'studentGuardian' },
    async (tx) => {
      await currentRecord(tx, studentKind, schoolId, studentId)
      const { id: guardianId, changes } = await guardianOf(tx, schoolId, input)
      const links = await linksOf(tx, schoolId, studentId)
      if (links.some((link) => link.guardianId === guardianId)) throw new DomainError('guardian.already_linked')
      const last = links.length + 1
      const link = { ...noMarks, ...fields, studentId, guardianId, priority: Math.min(priority ?? last, last) }
      const added = await addRecord(tx, studentGuardianCore, schoolId, link)
      const moved = { id: added.after.id, position: link.priority }
      return [...changes, added, ...(await inCallingOrder(tx, schoolId, studentId, moved))]
    },
    (tx) => guardiansOf(tx, schoolId, studentId),
  )
}
