import { and, asc, eq, gt, inArray, isNull, lt, notInArray, or } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { academicSessions, classes, classTerms } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Foundation } from '../records/archive.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import { idsOf } from '../records/kind.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { standingOf } from '../records/standing.ts'
import { verbsOf } from '../records/verbs.ts'
import { createAcademicSessionInput } from './input.ts'
import { academicSessionKind } from './kind.ts'
import { readAcademicSession } from './read.ts'

type Session = RowOf<typeof academicSessions>
/** Longest first: what is above another is longer, so nothing can stand above itself. */
const lengths = ['schoolYear', 'semester', 'term', 'gradingPeriod'] as const
type Placed = Pick<Session, 'type' | 'startDate' | 'endDate'>

/** OneRoster 1.2, section 4.1: an academic session lies within its parent. */
export function requireWithin(inner: Placed, outer: Placed): void {
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
  if (after.parentId) await requireWithinParent(tx, school.id, after, after.parentId)
  if (!before) return
  const [outside] = await outsideOf(tx, after)
  if (outside) throw new DomainError('academicSession.leaves_out', { title: outside.title })
}

async function requireWithinParent(
  tx: Transaction,
  schoolId: number,
  session: Placed,
  parentId: string,
): Promise<void> {
  const [parent] = await tx
    .select()
    .from(academicSessions)
    .where(and(eq(academicSessions.schoolId, schoolId), eq(academicSessions.id, parentId)))
  if (parent) requireWithin(session, parent)
}

/** The shorter terms of a session that don't lie within its days. */
export const outsideOf = (
  tx: Reader,
  { schoolId, id, startDate, endDate }: Pick<Session, 'schoolId' | 'id' | 'startDate' | 'endDate'>,
) =>
  tx
    .select({ id: academicSessions.id, title: academicSessions.title })
    .from(academicSessions)
    .where(
      and(
        eq(academicSessions.schoolId, schoolId),
        eq(academicSessions.parentId, id),
        isNull(academicSessions.archivedAt),
        or(lt(academicSessions.startDate, startDate), gt(academicSessions.endDate, endDate)),
      ),
    )
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id))

/** Its classes and the shorter terms within it, unless they are archived with it, can only stay. */
const foundation: Foundation<typeof academicSessions> = {
  standingOn: async (tx, { school }, sessions) => [
    await standingOf(
      tx,
      'academicSession',
      { table: academicSessions, name: academicSessions.title },
      school.id,
      and(inArray(academicSessions.parentId, idsOf(sessions)), notInArray(academicSessions.id, idsOf(sessions))),
    ),
    await standingOf(
      tx,
      'class',
      { table: classes, name: classes.title },
      school.id,
      inArray(
        classes.id,
        tx
          .select({ id: classTerms.classId })
          .from(classTerms)
          .where(
            and(
              eq(classTerms.schoolId, school.id),
              inArray(classTerms.academicSessionId, idsOf(sessions)),
              isNull(classTerms.archivedAt),
            ),
          ),
      ),
    ),
  ],
}

const ways = { refers: { parentId: academicSessionKind }, check, foundation }
export const academicSessionVerbs = verbsOf(academicSessionKind, { ...ways, read: readAcademicSession })
export const manyAcademicSessions = manyVerbsOf(academicSessionKind, { ...ways, item: createAcademicSessionInput })
