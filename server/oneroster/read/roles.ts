/** The words are those of OneRoster 1.0 to 1.2 and of School Data Sync. */
import type { guardianRelations } from '../../../db/values.ts'

export type RoleSort = 'student' | 'instructor' | 'relative' | 'other' | 'observer' | 'unknown'

const sorts: Record<Exclude<RoleSort, 'unknown'>, readonly string[]> = {
  student: ['student', 'learner', 'pupil'],
  instructor: [
    'adjunct',
    'aide',
    'faculty',
    'instructor',
    'lecturer',
    'paraprofessional',
    'professor',
    'substitute',
    'teacher',
    'teacherassistant',
    'teachingassistant',
    'tutor',
  ],
  relative: ['contact', 'emergencycontact', 'father', 'guardian', 'mother', 'parent', 'relative'],
  /** These staff teach nobody by their role alone. */
  other: [
    'administrator',
    'adviser',
    'advisor',
    'affiliate',
    'assistant',
    'assistantprincipal',
    'chair',
    'coach',
    'counselor',
    'districtadministrator',
    'itadmin',
    'librarian',
    'nurse',
    'occupationaltherapist',
    'officestaff',
    'orgadmin',
    'physicaltherapist',
    'principal',
    'proctor',
    'researcher',
    'schooladministrator',
    'siteadministrator',
    'specialservices',
    'speechtherapist',
    'staff',
    'sysadmin',
    'systemadministrator',
    'visiontherapist',
  ],
  /** These neither learn nor teach, in a class either. */
  observer: ['alumni', 'alumnus', 'applicant', 'auditor', 'guest', 'none', 'observer', 'other', 'viewer', 'visitor'],
}
const bySpelling = new Map(
  (Object.entries(sorts) as [RoleSort, readonly string[]][]).flatMap(([sort, names]) =>
    names.map((name) => [name, sort] as const),
  ),
)

const plain = (role: string) => role.toLowerCase().replace(/[^a-z]/g, '')

export const roleSort = (role: string): RoleSort => bySpelling.get(plain(role)) ?? 'unknown'

export type Relation = (typeof guardianRelations)[number]
const relations: readonly string[] = ['father', 'guardian', 'mother', 'parent', 'relative'] satisfies Relation[]

export const relationOf = (role: string): Relation =>
  relations.includes(plain(role)) ? (plain(role) as Relation) : 'other'
