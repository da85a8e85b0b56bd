/** Two ids of the other system lead to one record after a merge, and the system may go on with either. */

import { bundleHas } from '../read/stage.ts'
import { readList } from '../read/values.ts'
import type { Comparison } from './comparison.ts'
import type { Stored } from './known.ts'
import { isComplete } from './row-counts.ts'
import type { PlannedSchool } from './schools.ts'

const statusOf = ({ staged }: Comparison, user: string) => staged.rows.users.get(user)?.status

/** A row about the student in other schools says nothing here. */
function isAbout({ staged, orgs }: Comparison, school: PlannedSchool, user: string): boolean {
  const named = readList(staged.rows.users.get(user)?.fields.orgSourcedIds)
  return !named.length || named.some((org) => orgs.school(org) === school || orgs.below(org).includes(school))
}

const isDeletedHere = (comparison: Comparison, school: PlannedSchool, user: string): boolean =>
  statusOf(comparison, user) === 'tobedeleted' && isAbout(comparison, school, user)

const isGoneFromWhole = ({ staged }: Comparison, school: PlannedSchool, user: string): boolean =>
  isComplete(staged, 'users') && school.isNamed && !bundleHas(staged, 'users', user)

const isAlive = (comparison: Comparison, user: string): boolean =>
  bundleHas(comparison.staged, 'users', user) && statusOf(comparison, user) !== 'tobedeleted'

/** Deltas tell of a deletion once, so the archived record remembers it, until the other system has the id again. */
function rememberDeletion(comparison: Comparison, school: PlannedSchool, other: string, merged: string): void {
  const row = comparison.row('student', school, merged)
  // The other system knows nothing of a record made by hand.
  if (!row?.sourcedId) return
  const { status, ...extra } = row.extra ?? {}
  const isGone = isDeletedHere(comparison, school, other) || isGoneFromWhole(comparison, school, other)
  const isBack = isAlive(comparison, other) && status === 'tobedeleted'
  if (isBack) comparison.settle('student', school, merged, { fields: { extra }, archived: true })
  if (isGone && status !== 'tobedeleted')
    comparison.settle('student', school, merged, {
      fields: { extra: { ...extra, status: 'tobedeleted' } },
      archived: true,
    })
}

function idThatStays(
  comparison: Comparison,
  school: PlannedSchool,
  own: string,
  merged: ReadonlyMap<string, string>,
): string | undefined {
  const isWhole = isComplete(comparison.staged, 'users')
  if (!isDeletedHere(comparison, school, own) && !isGoneFromWhole(comparison, school, own)) return undefined
  const others = [...merged.keys()]
  const wasDeleted = (other: string) =>
    comparison.row('student', school, merged.get(other) ?? '')?.extra?.status === 'tobedeleted'
  const isUntold = (other: string) => !isWhole && !bundleHas(comparison.staged, 'users', other) && !wasDeleted(other)
  return others.find((other) => isAlive(comparison, other)) ?? others.find(isUntold)
}

/** The archived record takes the other id, marked as deleted, so that both still lead to the one that remains. */
function exchangeIds(comparison: Comparison, school: PlannedSchool, remaining: Stored, merged: Stored): void {
  const { known } = comparison
  const [own, other] = [String(remaining.sourcedId), String(merged.sourcedId)]
  const extra = { ...merged.extra, status: 'tobedeleted' }
  comparison.settle('student', school, merged.id, { fields: { sourcedId: own, extra }, archived: true })
  const archived = remaining.archivedAt !== null
  comparison.settle('student', school, remaining.id, { fields: { sourcedId: other }, archived })
  known.ids.put('student', own, school.key, remaining.id)
  known.merged.delete([school.key, other])
  known.merged.put([school.key, own], merged.id)
}

function goOn(comparison: Comparison, school: PlannedSchool, id: string, merged: ReadonlyMap<string, string>): void {
  const remaining = comparison.row('student', school, id)
  const own = remaining?.sourcedId
  if (!own) return
  const other = idThatStays(comparison, school, own, merged)
  const gone = other === undefined ? undefined : comparison.row('student', school, merged.get(other) ?? '')
  if (!gone?.sourcedId) return
  const row = comparison.staged.rows.users.get(own)
  if (row)
    comparison.report.warn(
      row,
      `${own} is to be deleted, and ${other}, which was merged into the same record, is not: the record goes on as ${other}`,
    )
  exchangeIds(comparison, school, remaining, gone)
}

/** Must run before anything else asks for a student. */
export function followIdsThatStay(comparison: Comparison): void {
  for (const school of comparison.orgs.schools) {
    if (school.isUnsure || school.isOutside) continue
    const byRemaining = new Map<string, Map<string, string>>()
    for (const [[other = ''], merged] of comparison.known.merged.under(school.key)) {
      const id = comparison.idOf('student', school, other) ?? ''
      byRemaining.set(id, (byRemaining.get(id) ?? new Map<string, string>()).set(other, merged))
    }
    for (const [id, merged] of byRemaining) {
      for (const [other, archived] of merged) rememberDeletion(comparison, school, other, archived)
      goOn(comparison, school, id, merged)
    }
  }
}
