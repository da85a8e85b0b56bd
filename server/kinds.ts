/** No file that a kind's declaration imports may import this one. */
import type { Reader } from '../db/database.ts'
import type { JournalEntity } from '../db/values.ts'
import { academicSessionKind } from './academic-sessions/kind.ts'
import { calendarDayKind, calendarKind } from './calendars/kind.ts'
import { classInstructorKind } from './class-instructors/kind.ts'
import { classKind, classTermKind } from './classes/kind.ts'
import { courseKind } from './courses/kind.ts'
import { departmentKind } from './departments/kind.ts'
import { enrollmentKind } from './enrollments/kind.ts'
import { grouped } from './grouped.ts'
import { guardianKind } from './guardians/kind.ts'
import { instructorKind } from './instructors/kind.ts'
import { declareOwning } from './journal/owners.ts'
import { meetingKind } from './meetings/kind.ts'
import { memberKind } from './members/kind.ts'
import { bellScheduleKind, bellTimeKind, periodKind } from './periods/kind.ts'
import { programKind } from './programs/kind.ts'
import type { AnyKind, Referred, Told, WhenArchived } from './records/declaration.ts'
import { fillingBy } from './records/filling.ts'
import type { RecordName } from './records/naming.ts'
import { owningOf } from './records/owning.ts'
import type { Dependent } from './records/refer.ts'
import { referencesOf } from './records/refer.ts'
import { refoldingBy } from './records/refolding.ts'
import { roomKind } from './rooms/kind.ts'
import { savedViewKind } from './saved-views/kind.ts'
import { schoolEnrollmentKind } from './school-enrollments/kind.ts'
import { schoolKind } from './schools/kind.ts'
import { studentAlertKind } from './student-alerts/kind.ts'
import { studentGuardianKind } from './student-guardians/kind.ts'
import { studentAddressKind, studentKind } from './students/kind.ts'
import { webhookKind } from './webhooks/kind.ts'

export type RecordEntity = Exclude<JournalEntity, 'school'>

/** Archiving, erasing and merging follow this order. */
const declared = {
  membership: memberKind,
  department: departmentKind,
  program: programKind,
  course: courseKind,
  instructor: instructorKind,
  academicSession: academicSessionKind,
  room: roomKind,
  class: classKind,
  classTerm: classTermKind,
  enrollment: enrollmentKind,
  schoolEnrollment: schoolEnrollmentKind,
  studentGuardian: studentGuardianKind,
  studentAlert: studentAlertKind,
  studentAddress: studentAddressKind,
  student: studentKind,
  guardian: guardianKind,
  classInstructor: classInstructorKind,
  calendar: calendarKind,
  bellSchedule: bellScheduleKind,
  period: periodKind,
  bellTime: bellTimeKind,
  calendarDay: calendarDayKind,
  meeting: meetingKind,
  savedView: savedViewKind,
  webhook: webhookKind,
} satisfies Record<RecordEntity, Omit<Told, 'fields'>>
export const kinds = declared as Record<RecordEntity, object> as Record<RecordEntity, AnyKind>

type Declared = typeof declared
export type KindTable = Declared[RecordEntity]['table']
type FieldOf<K> = K extends { fields: infer F } ? F[keyof F] : never
/** The kinds that the question before archiving names: the dependents of this one. */
export type DependentOf<To extends JournalEntity> = {
  [E in RecordEntity]: Extract<FieldOf<Declared[E]>, { refers: { to: To } }> extends {
    refers: { whenArchived: infer When }
  }
    ? When extends WhenArchived<infer _, infer Said>
      ? JournalEntity extends Said
        ? E
        : Said
      : never
    : never
}[RecordEntity]

export const allKinds: readonly AnyKind[] = Object.values(kinds)

const { ownersOf, ownersOfStored } = owningOf(kinds)
const { fillAbove, fillJournal, ofOwners } = fillingBy(ownersOfStored)
declareOwning({ ownersOf, fillAbove })

export { fillJournal, ofOwners }
export const refolding = refoldingBy(allKinds)

/** The journal may tell of records that only a newer version knows. Here nobody reads, hears of or undoes those. */
const unknownKind = (entity: JournalEntity): Told => ({
  entity,
  read: 'home.read',
  isPrivate: true,
  naming: null,
  fields: {},
  undo: { because: 'undo.impossible' },
})
export const isKnown = (entity: JournalEntity): boolean => entity === 'school' || Object.hasOwn(kinds, entity)

export function declarationOf(entity: JournalEntity): Told {
  if (entity === 'school') return schoolKind
  return isKnown(entity) ? kinds[entity] : unknownKind(entity)
}

export const dependentsOf = (entity: Referred): readonly Dependent[] =>
  allKinds.flatMap((kind) =>
    referencesOf(kind).flatMap((reference) => (reference.refers.to === entity ? [{ ...reference, kind }] : [])),
  )

/** Keys are the journal's entity and id. A kind without names is left out. */
export async function namesOf(
  db: Reader,
  schoolId: number,
  records: readonly { entity: JournalEntity; entityId: string }[],
): Promise<Map<string, RecordName>> {
  const byEntity = grouped(records, ({ entity }) => entity)
  const found = await Promise.all(
    [...byEntity].map(async ([entity, rows]) => {
      const ids = [...new Set(rows.map(({ entityId }) => entityId))]
      const names = (await declarationOf(entity).naming?.find(db, schoolId, ids)) ?? []
      return names.map(({ recordId, ...name }) => [`${entity} ${recordId}`, name] as const)
    }),
  )
  return new Map(found.flat())
}
