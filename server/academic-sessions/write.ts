import { and, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { academicSessions, classes, classTerms } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Foundation } from '../records/archive.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import { standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { currentRecord } from '../records/write.ts'
import { academicSessionKind } from './kind.ts'
import { readAcademicSession } from './read.ts'

type Session = RowOf<typeof academicSessions>
/** Longest first: what is above another is longer, so nothing can stand above itself. */
const lengths = ['schoolYear', 'semester', 'term', 'gradingPeriod'] as const
type Placed = Pick<Session, 'type' | 'startDate' | 'endDate'>

/** OneRoster 1.2, section 4.1: an academic session lies within its parent. */
function requireWithin(inner: Placed, outer: Placed): void {
  if (lengths.indexOf(outer.type) >= lengths.indexOf(inner.type))
    throw new DomainError('academicSession.parent_shorter')
  if (inner.startDate < outer.startDate || inner.endDate > outer.endDate)
    throw new DomainError('academicSession.dates_outside', { startDate: outer.startDate, endDate: outer.endDate })
}

/** A session that an import nested differently may keep its place as long as nobody moves it. */
async function check(
  tx: Transaction,
  { school }: MutationContext,
  fields: FieldsOf<typeof academicSessions>,
  before?: Session,
): Promise<void> {
  const after = { ...before, ...fields } as Session
  if (after.startDate > after.endDate) throw new DomainError('academicSession.dates_order')
  const isMoved = (['type', 'startDate', 'endDate', 'parentId'] as const).some((key) => after[key] !== before?.[key])
  if (!isMoved) return
  if (after.parentId && after.parentId !== before?.parentId)
    requireWithin(after, await currentRecord(tx, academicSessionKind, school.id, after.parentId))
  else if (after.parentId) await requireWithinParent(tx, after, after.parentId)
  if (before) await requireAround(tx, before, after)
}

async function requireWithinParent(tx: Transaction, session: Session, parentId: string): Promise<void> {
  const [parent] = await tx
    .select()
    .from(academicSessions)
    .where(and(eq(academicSessions.schoolId, session.schoolId), eq(academicSessions.id, parentId)))
  if (parent) requireWithin(session, parent)
}

/** What lies in the session still lies in it. */
async function requireAround(tx: Transaction, before: Session, after: Session): Promise<void> {
  const { startDate, endDate } = after
  const [outside] = await tx
    .select({ title: academicSessions.title })
    .from(academicSessions)
    .where(
      and(
        eq(academicSessions.schoolId, before.schoolId),
        eq(academicSessions.parentId, before.id),
        isNull(academicSessions.archivedAt),
        or(lt(academicSessions.startDate, startDate), gt(academicSessions.endDate, endDate)),
      ),
    )
    .limit(1)
  if (outside) throw new DomainError('academicSession.leaves_out', outside)
}

/** Its classes and the shorter terms within it can only stay. */
const foundation: Foundation<typeof academicSessions> = {
  standingOn: async (tx, _, { schoolId, id }) => [
    await standingOf(
      tx,
      'academicSession',
      { table: academicSessions, name: academicSessions.title },
      schoolId,
      eq(academicSessions.parentId, id),
    ),
    await standingOf(
      tx,
      'class',
      { table: classes, name: classes.title },
      schoolId,
      inArray(
        classes.id,
        tx
          .select({ id: classTerms.classId })
          .from(classTerms)
          .where(
            and(eq(classTerms.schoolId, schoolId), eq(classTerms.academicSessionId, id), isNull(classTerms.archivedAt)),
          ),
      ),
    ),
  ],
}

export const academicSessionVerbs = verbsOf(academicSessionKind, { read: readAcademicSession, check, foundation })
