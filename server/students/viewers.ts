import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, enrollments, memberships, users } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { inOrder } from '../records/read.ts'
import { scopeOf, scopeValues } from '../scope.ts'
import { requireStudent, studentRecord } from './read.ts'

const membersOf = ({ db, school }: Context) =>
  db
    .select({
      id: memberships.id,
      name: sql<string>`coalesce(${memberships.invitedName}, ${users.name})`,
      role: memberships.role,
      userId: memberships.userId,
      instructorId: memberships.instructorId,
      hasJoined:
        sql<boolean>`${and(or(isNotNull(users.passwordHash), eq(users.isService, true)), isNull(memberships.invitedName))}`.mapWith(
          Boolean,
        ),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(inUse(memberships, school.id, isNull(users.disabledAt)))

const classesOf = ({ db, school }: Context, studentId: string, instructorIds: string[]) =>
  db
    .selectDistinct({ instructorId: classInstructors.instructorId, id: classes.id, title: classes.title })
    .from(enrollments)
    .innerJoin(
      classInstructors,
      and(eq(classInstructors.schoolId, enrollments.schoolId), eq(classInstructors.classId, enrollments.classId)),
    )
    .innerJoin(classes, refersTo(enrollments.classId, classes))
    .where(
      inUse(
        enrollments,
        school.id,
        eq(enrollments.studentId, studentId),
        isNull(classInstructors.archivedAt),
        inArray(classInstructors.instructorId, instructorIds),
      ),
    )
    .orderBy(asc(classes.title))

/** The same table and scope answer here as when a member opens the student's page. */
export async function readViewers(ctx: Context, studentId: string) {
  const { db, school } = ctx
  await requireStudent(ctx, studentId)
  const members = (await membersOf(ctx)).filter((member) => allows(member, 'student.read'))
  const linked = members.flatMap(({ instructorId }) => instructorId ?? [])
  const shared = linked.length ? await classesOf(ctx, studentId, linked) : []
  const through = (member: (typeof members)[number]) =>
    shared.filter(({ instructorId }) => instructorId === member.instructorId).map(({ id, title }) => ({ id, title }))
  const viewers = []
  for (const { userId, instructorId, ...member } of members) {
    const actor = { userId, role: member.role, instructorId }
    const scope = scopeOf(actor)
    const own = scope === 'own' ? through({ userId, instructorId, ...member }) : []
    if (scope === 'own' && !own.length) continue
    const values = { schoolId: school.id, id: studentId, today: today(ctx), ...scopeValues(actor) }
    if (scope === 'own' && !(await studentRecord(db, scope, values)).length) continue
    viewers.push({
      ...member,
      classes: own,
      seesPrivate: allows(member, 'student.readPrivate'),
      seesAlerts: allows(member, 'student.readAlerts'),
      seesGuardians: allows(member, 'guardian.read'),
    })
  }
  return inOrder(viewers, ({ name }) => name)
}
