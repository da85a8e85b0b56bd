import type { Reader } from '../../db/database.ts'
import { classSchoolIn, compareClasses } from './catalog/classes.ts'
import { compareCourses } from './catalog/courses.ts'
import { compareSessions } from './catalog/sessions.ts'
import type { Totals } from './comparison/comparison.ts'
import { Comparison } from './comparison/comparison.ts'
import type { Known } from './comparison/known.ts'
import { loadKnown } from './comparison/known.ts'
import { refuseLostZeros } from './comparison/lost-zeros.ts'
import { followIdsThatStay } from './comparison/merged-ids.ts'
import type { Due, LastCounts, RowCounts, Shrunk } from './comparison/row-counts.ts'
import { dueCounts, readLastCounts, shrunkFiles } from './comparison/row-counts.ts'
import { schoolChange } from './comparison/school-changes.ts'
import type { Orgs, PlannedSchool } from './comparison/schools.ts'
import { findSchools } from './comparison/schools.ts'
import { endOfDeletedPeople } from './members/deleted-people.ts'
import { endMissing, tooManyMissing } from './members/end-missing.ts'
import { compareMembers } from './members/members.ts'
import type { Missing } from './members/missing.ts'
import { findMissing } from './members/missing.ts'
import { compareGuardians } from './people/guardians.ts'
import { comparePeople } from './people/people.ts'
import { placementsByEnrollment } from './people/placement.ts'
import { compareWithoutUser } from './people/without-user.ts'
import type { Progress, Staged } from './read/stage.ts'
import type { Report } from './report.ts'

export interface Plan {
  schools: PlannedSchool[]
  seen: Orgs['seen']
  known: Known
  differences: Comparison['differences']
  ending: Comparison['ending']
  totals: Totals
  missing: Missing
  /** So many open enrollments and assignments end because the bundle lacks them. */
  ended: number
  counts: RowCounts
  shrunk: Shrunk[]
  due: Due[]
}

export interface Moment {
  orgs: Orgs
  known: Known
  lastCounts: LastCounts
}
export async function readMoment(
  db: Reader,
  staged: Staged,
  settings: Parameters<typeof findSchools>[2],
  report: Report,
): Promise<Moment> {
  const orgs = await findSchools(db, staged, settings, report)
  const known = await loadKnown(db, staged.scratch, orgs.schools)
  return { orgs, known, lastCounts: await readLastCounts(db, orgs.schools) }
}

export interface Asked {
  now: Date
  progress: Progress
  least?: number
  endMissing?: boolean
}

/** A rejected row may be the one that seems to be missing. */
function endings(comparison: Comparison, missing: Missing, { endMissing: isAsked, least }: Asked) {
  if (!isAsked || missing.members.isEmpty) return { ended: 0, tooMany: [] }
  if (comparison.report.rejected.total) {
    comparison.report.note('No enrollment is ended: a rejected row may be one of those that are missing')
    return { ended: 0, tooMany: [] }
  }
  const tooMany = tooManyMissing(comparison, missing, least)
  return { ended: endMissing(comparison, missing), tooMany }
}

/** Reads scratch space alone, so no lock is needed. */
export async function compare(
  staged: Staged,
  { orgs, known, lastCounts }: Moment,
  report: Report,
  asked: Asked,
): Promise<Plan> {
  const { now, progress } = asked
  const comparison = new Comparison(staged.scratch, staged, known, orgs, report, now)
  const classSchool = classSchoolIn(comparison)
  for (const school of orgs.schools)
    if (school.isNamed && !school.isOutside) comparison.totals.school[schoolChange(school, now).counted]++
  refuseLostZeros(comparison)
  followIdsThatStay(comparison)
  progress('Comparing sessions, courses and classes')
  compareSessions(comparison, classSchool)
  compareCourses(comparison, classSchool)
  compareClasses(comparison, classSchool)
  await comparePeople(comparison, placementsByEnrollment(comparison, classSchool), progress)
  await compareGuardians(comparison, progress)
  compareWithoutUser(comparison)
  await compareMembers(comparison, classSchool, progress)
  endOfDeletedPeople(comparison)
  comparison.roleFindings.tell(report)
  const missing = findMissing(comparison)
  const { ended, tooMany } = endings(comparison, missing, asked)
  const { differences, ending, totals, counts } = comparison
  const byCounts = shrunkFiles(staged, orgs, counts, lastCounts, asked.least)
  const isTold = ({ school, file }: Shrunk) => byCounts.some((one) => one.school === school && one.file === file)
  return {
    ...{ schools: orgs.schools, seen: orgs.seen, known, differences, ending, totals, counts, missing, ended },
    shrunk: [...byCounts, ...tooMany.filter((one) => !isTold(one))],
    due: dueCounts(staged, orgs, counts, lastCounts),
  }
}
