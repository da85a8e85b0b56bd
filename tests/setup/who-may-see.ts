/** Who may see which of the marked values. A rule changes only when somebody has decided that a role may see more. */
import { TRPCError } from '@trpc/server'
import type { Role } from '../../db/values.ts'
import { DomainError } from '../../server/errors.ts'
import type { Mark } from './marked-rows.ts'
import type { Viewer } from './marked-school.ts'

const everybody: Role[] = ['administrator', 'registrar', 'instructor', 'viewer']
const wide: Role[] = ['administrator', 'registrar', 'viewer']
const office: Role[] = ['administrator', 'registrar']

interface Rule {
  /** They see it of the whole school. */
  all?: Role[]
  /** They see it of their own class, and of who is in it. */
  own?: Role[]
}
const taught: Rule = { all: wide, own: ['instructor'] }
const nobody: Rule = {}
/** By table, and by table and column where one differs. What is not listed nobody sees. */
const rules: Record<string, Rule> = {
  schools: { all: everybody },
  programs: { all: everybody },
  academic_sessions: { all: everybody },
  calendars: { all: everybody },
  calendar_days: { all: everybody },
  periods: { all: everybody },
  bell_schedules: { all: everybody },
  departments: { all: wide },
  courses: taught,
  rooms: taught,
  classes: taught,
  /** They stand in the master timetable, which everybody reads. */
  'rooms.name': { all: everybody },
  'classes.title': { all: everybody },
  'classes.code': { all: everybody },
  meetings: taught,
  students: taught,
  'students.birthDate': { all: office },
  'students.previousSchool': { all: office },
  'students.medicalNote': { all: office },
  school_enrollments: taught,
  'school_enrollments.destination': { all: office },
  student_addresses: { all: office },
  student_alerts: { all: office, own: ['instructor'] },
  guardians: { all: office },
  student_guardians: { all: office },
  instructors: { all: wide },
  'instructors.givenName': { all: everybody },
  'instructors.familyName': { all: everybody },
  'instructors.preferredName': taught,
  enrollments: taught,
  'enrollments.note': { all: office },
  saved_views: { all: everybody },
  import_results: { all: office },
  webhooks: { all: ['administrator'] },
  'webhook_deliveries.sentFrom': { all: ['administrator'] },
  'webhook_deliveries.lastProblem': { all: ['administrator'] },
  /** Who changed what. */
  'users.name': { all: wide },
  'users.email': { all: ['administrator'] },
}
/** What an import brought along that has no place of its own. */
const isBrought = ({ column }: Mark) => column === 'extra'
const sharers = new Set(office.map((role) => `person:${role}`))
/** What one sees of oneself, whatever one's role. */
const ofOneself = new Set([
  ...['users.name', 'users.email', 'sessions.userAgent', 'saved_views.name', 'saved_views.search'],
  ...['imports.name', 'imports.progress', 'imports.failure'],
])

/** Whose rows the place 'mine' speaks of. */
export const teaches = ({ person }: Viewer) => Boolean(person.memberships[0]?.instructorId)

export function maySee(viewer: Viewer, mark: Mark): boolean {
  const column = `${mark.table}.${mark.column}`
  if (mark.place === `person:${viewer.name}` && ofOneself.has(column)) return true
  // Whoever keeps a view for everybody is named beside it.
  if (column === 'users.name' && mark.school === viewer.school && sharers.has(mark.place)) return true
  const isPrivate = mark.table === 'saved_views' && mark.place !== 'everybody'
  if (mark.school !== viewer.school || isPrivate || isBrought(mark)) return false
  const { all = [], own = [] } = rules[column] ?? rules[mark.table] ?? nobody
  return all.includes(viewer.role) || (own.includes(viewer.role) && mark.place === 'mine' && teaches(viewer))
}

/** What an error tells counts as an answer too. */
export const toldBy = (error: unknown) =>
  error instanceof TRPCError && error.cause instanceof DomainError
    ? { reason: error.cause.reason, details: error.cause.details }
    : { failed: error instanceof TRPCError ? error.code : String(error) }
