/**
 * Who sees what of the journal: of no record more than its own page shows them. Every column of every kind is decided on
 * here; one that is not does not compile, and what the table does not know is never told.
 */
import type { SQL } from 'drizzle-orm'
import { and, inArray, notInArray, or, sql } from 'drizzle-orm'
import type { schools } from '../../db/schema/index.ts'
import { journal } from '../../db/schema/index.ts'
import type { HistoryEntity, JournalEntity } from '../../db/values.ts'
import { historyEntities } from '../../db/values.ts'
import type { Permission } from '../access.ts'
import { allows } from '../access.ts'
import type { Actor } from '../context.ts'
import { grouped } from '../grouped.ts'
import type { journaledTables } from '../journal/bulk.ts'

type Tables = typeof journaledTables & { school: typeof schools }
/** What no entry tells: see `difference` in journal/entry.ts. */
type Untold = 'schoolId' | 'id' | 'version' | 'sortName' | 'searchText'
/** Whoever sees the entry, nobody, or who has the permission. */
type Sight = 'all' | 'none' | Permission
type Sights<E extends HistoryEntity> = Record<Exclude<keyof Tables[E]['$inferSelect'], Untold>, Sight>
interface Seen<E extends HistoryEntity> {
  /** Who sees entries about such a record at all. */
  read: Permission
  fields: Sights<E>
}

const edited = { archivedAt: 'all' } as const
/** What an import brought along that has no place of its own is on no page. */
const exchanged = { ...edited, sourcedId: 'all', extra: 'none' } as const
const person = {
  givenName: 'all',
  middleName: 'all',
  familyName: 'all',
  preferredName: 'all',
  email: 'all',
  erasedAt: 'all',
} as const

const seen: { [E in HistoryEntity]: Seen<E> } = {
  student: {
    read: 'student.read',
    fields: {
      ...person,
      number: 'all',
      birthDate: 'student.readPrivate',
      gradeLevel: 'all',
      status: 'all',
      isInternational: 'all',
      isCoop: 'all',
      programId: 'all',
      mergedIntoId: 'all',
      ...exchanged,
    },
  },
  studentAddress: {
    read: 'student.readPrivate',
    fields: {
      studentId: 'all',
      kind: 'all',
      street: 'all',
      city: 'all',
      region: 'all',
      postalCode: 'all',
      country: 'all',
      ...edited,
    },
  },
  studentAlert: { read: 'student.readAlerts', fields: { studentId: 'all', kind: 'all', text: 'all', ...edited } },
  guardian: { read: 'guardian.read', fields: { ...person, phone: 'all', otherPhone: 'all', ...exchanged } },
  studentGuardian: {
    read: 'guardian.read',
    fields: {
      studentId: 'all',
      guardianId: 'all',
      relation: 'all',
      priority: 'all',
      hasCustody: 'all',
      mayPickUp: 'all',
      livesWith: 'all',
      isBarred: 'all',
      note: 'all',
      ...edited,
    },
  },
  instructor: {
    read: 'instructor.read',
    fields: { ...person, employment: 'all', status: 'all', departmentId: 'all', ...exchanged },
  },
  class: {
    read: 'class.read',
    fields: { code: 'all', title: 'all', courseId: 'all', capacity: 'all', roomId: 'all', ...exchanged },
  },
  classTerm: { read: 'class.read', fields: { classId: 'all', academicSessionId: 'all', ...edited } },
  classInstructor: {
    read: 'instructor.read',
    fields: {
      classId: 'all',
      instructorId: 'all',
      isPrimary: 'all',
      beginDate: 'all',
      endDate: 'all',
      ...exchanged,
      // On no page.
      sourcedId: 'none',
    },
  },
  meeting: {
    read: 'class.read',
    fields: {
      classId: 'all',
      weekday: 'all',
      cycleDay: 'all',
      startTime: 'all',
      endTime: 'all',
      roomId: 'all',
      validFrom: 'all',
      validTo: 'all',
      overrideReason: 'all',
      ...edited,
    },
  },
  enrollment: {
    read: 'student.read',
    fields: {
      studentId: 'all',
      classId: 'all',
      beginDate: 'all',
      endDate: 'all',
      status: 'all',
      grade: 'all',
      waitlistPosition: 'all',
      withdrawalReason: 'enrollment.write',
      note: 'enrollment.write',
      ...exchanged,
    },
  },
  course: {
    read: 'course.read',
    fields: { code: 'all', title: 'all', credits: 'all', departmentId: 'all', ...exchanged },
  },
  room: { read: 'room.read', fields: { name: 'all', seats: 'all', ...exchanged } },
  academicSession: {
    read: 'academicSession.read',
    fields: {
      title: 'all',
      type: 'all',
      startDate: 'all',
      endDate: 'all',
      schoolYear: 'all',
      parentId: 'all',
      ...exchanged,
    },
  },
  department: { read: 'department.read', fields: { name: 'all', ...exchanged } },
  program: { read: 'program.read', fields: { name: 'all', type: 'all', departmentId: 'all', ...exchanged } },
  membership: { read: 'member.read', fields: { userId: 'none', role: 'all', instructorId: 'all', ...edited } },
  school: {
    read: 'journal.read',
    fields: {
      name: 'all',
      slug: 'all',
      timeZone: 'all',
      locale: 'all',
      isDemo: 'all',
      ...exchanged,
    },
  },
}

const isHistory = (entity: JournalEntity): entity is HistoryEntity =>
  (historyEntities as readonly JournalEntity[]).includes(entity)

/** Whether this reader sees entries about such records. */
export const seesEntity = ({ role }: Actor, entity: JournalEntity): boolean =>
  isHistory(entity) && allows(role, seen[entity].read)

const seesBy = ({ role }: Actor, sight: Sight | undefined): boolean =>
  sight === 'all' || (sight !== undefined && sight !== 'none' && allows(role, sight))

/** Whether this reader sees what this field held. */
export const seesField = (actor: Actor, entity: JournalEntity, field: string): boolean =>
  isHistory(entity) && seesBy(actor, (seen[entity].fields as Record<string, Sight | undefined>)[field])

function subsetsOf(fields: readonly string[]): string[][] {
  let sets: string[][] = [[]]
  for (const field of fields) sets = sets.concat(sets.map((set) => [...set, field]))
  return sets
}

/** The lists of changed fields, as the journal has them, of which this reader sees none. */
const unseenLists = (actor: Actor, entity: HistoryEntity): string[][] =>
  subsetsOf(
    Object.keys(seen[entity].fields)
      .filter((field) => !seesField(actor, entity, field))
      .toSorted(),
  )

/**
 * The entries that tell this reader something; only about records of `wanted`, where it is named. Whoever counts and
 * pages by it neither sees nor counts what is hidden from them.
 */
export function visible(actor: Actor, wanted?: JournalEntity): SQL | undefined {
  const entities = historyEntities.filter(
    (entity) => (wanted === undefined || entity === wanted) && seesEntity(actor, entity),
  )
  if (!entities.length) return sql`1 = 0`
  const alike = grouped(entities, (entity) => JSON.stringify(unseenLists(actor, entity)))
  const telling = [...alike].map(([lists, those]) =>
    and(inArray(journal.entity, those), notInArray(journal.fields, JSON.parse(lists) as string[][])),
  )
  return or(...telling)
}
