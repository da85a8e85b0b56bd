import type { Transaction } from '../../db/database.ts'
import type { academicSessions } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { dependentsOf } from '../kinds.ts'
import type { FieldsOf } from '../records/kind.ts'
import { findRow } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createAcademicSessionInput, updateAcademicSessionInput } from './input.ts'
import { academicSessionKind } from './kind.ts'
import { readAcademicSession } from './read.ts'
import type { SessionRow, SessionSpan } from './within.ts'
import { outsideOf, requireWithin } from './within.ts'

/** A session that an import nested differently may stay there until somebody moves it. */
async function check(
  tx: Transaction,
  { school }: MutationContext,
  fields: FieldsOf<typeof academicSessions>,
  before?: SessionRow,
): Promise<void> {
  const after = { ...before, ...fields } as SessionRow
  if (after.startDate > after.endDate) throw new DomainError('academicSession.dates_order')
  const isMoved = (['type', 'startDate', 'endDate', 'parentId'] as const).some((key) => after[key] !== before?.[key])
  if (!isMoved) return
  if (after.parentId) await requireWithinParent(tx, school.id, after, after.parentId)
  if (!before) return
  const [outside] = await outsideOf(tx, after)
  if (outside) throw new DomainError('academicSession.leaves_out', { title: outside.title })
}

async function requireWithinParent(
  tx: Transaction,
  schoolId: number,
  session: SessionSpan,
  parentId: string,
): Promise<void> {
  const parent = await findRow(tx, academicSessionKind, schoolId, parentId)
  if (parent) requireWithin(session, parent)
}

const ways = { check, dependents: dependentsOf('academicSession') }
export const academicSessionVerbs = verbsOf(academicSessionKind, { ...ways, read: readAcademicSession })
export const manyAcademicSessions = manyVerbsOf(academicSessionKind, {
  ...ways,
  item: createAcademicSessionInput,
  edit: updateAcademicSessionInput,
})
