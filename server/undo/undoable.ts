import { academicSessionKind } from '../academic-sessions/kind.ts'
import type { Permission } from '../access.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import { classKind, classTermKind } from '../classes/kind.ts'
import { courseKind } from '../courses/kind.ts'
import { departmentKind } from '../departments/kind.ts'
import { enrollmentKind } from '../enrollments/kind.ts'
import { guardianKind } from '../guardians/kind.ts'
import { instructorKind } from '../instructors/kind.ts'
import type { BulkEntity } from '../journal/bulk.ts'
import { meetingKind } from '../meetings/kind.ts'
import { programKind } from '../programs/kind.ts'
import type { Kind, RecordTable } from '../records/kind.ts'
import { roomKind } from '../rooms/kind.ts'
import { savedViewKind } from '../saved-views/kind.ts'
import { studentAlertKind } from '../student-alerts/kind.ts'
import { studentGuardianKind } from '../student-guardians/kind.ts'
import { studentAddressKind, studentKind } from '../students/kind.ts'

export interface Undoable {
  kind: Kind<RecordTable>
  /** What one must be allowed to write. */
  permission: Permission
}
const of = (kind: unknown, permission: Permission): Undoable => ({ kind: kind as Undoable['kind'], permission })

/** The records whose changes can be taken back: not schools, and not who may come in. */
export const undoable: Partial<Record<BulkEntity, Undoable>> = {
  department: of(departmentKind, 'department.write'),
  program: of(programKind, 'program.write'),
  student: of(studentKind, 'student.write'),
  studentAddress: of(studentAddressKind, 'student.write'),
  studentAlert: of(studentAlertKind, 'student.write'),
  instructor: of(instructorKind, 'instructor.write'),
  academicSession: of(academicSessionKind, 'academicSession.write'),
  course: of(courseKind, 'course.write'),
  class: of(classKind, 'class.write'),
  classTerm: of(classTermKind, 'class.write'),
  classInstructor: of(classInstructorKind, 'class.write'),
  enrollment: of(enrollmentKind, 'enrollment.write'),
  room: of(roomKind, 'room.write'),
  meeting: of(meetingKind, 'meeting.write'),
  guardian: of(guardianKind, 'guardian.write'),
  studentGuardian: of(studentGuardianKind, 'guardian.write'),
  savedView: of(savedViewKind, 'savedView.write'),
}
