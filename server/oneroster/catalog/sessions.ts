import { academicSessionTypes } from '../../../db/values.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { archiveEverywhere, extraOf, hasColumnIn, inFile } from '../comparison/keep.ts'
import { ownId } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { warnOfSessionOutside } from '../members/term-days.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import { readList } from '../read/values.ts'
import { titleOf } from './title.ts'

/** OneRoster's sessions have no school: they belong to those whose classes use them, or a session above. */
function sessionsUsed({ staged: { rows }, orgs }: Comparison, classSchool: (row: Row) => PlannedSchool | undefined) {
  const used = new Map<string, Set<string>>(orgs.schools.map(({ key }) => [key, new Set<string>()]))
  for (const [, row] of rows.classes.entries()) {
    const school = classSchool(row)
    for (const session of readList(row.fields.termSourcedIds)) if (school) used.get(school.key)?.add(session)
  }
  for (const sessions of used.values()) {
    for (const session of [...sessions]) {
      let parent = rows.academicSessions.get(session)?.fields.parentSourcedId
      for (; parent && !sessions.has(parent); parent = rows.academicSessions.get(parent)?.fields.parentSourcedId)
        sessions.add(parent)
    }
  }
  return used
}

/** OneRoster calls a school year by the calendar year in which it ends; '2025-2026' and '2025/26' are 2026. */
function yearOf(text = ''): number | null {
  const [, first = '', last] = /^(\d{4})(?:\s?[-/–]\s?(\d{4}|\d{2}))?$/.exec(text) ?? []
  if (!last) return first ? Number(first) : null
  const next = Number(first) + 1
  return String(next).endsWith(last) ? next : null
}

function isBelow({ staged: { rows } }: Comparison, sourcedId: string, used: ReadonlySet<string>): boolean {
  const passed = new Set<string>()
  let at: string | undefined = sourcedId
  while (at && !used.has(at) && !passed.has(at)) {
    passed.add(at)
    at = rows.academicSessions.get(at)?.fields.parentSourcedId
  }
  return at !== undefined && used.has(at)
}

/** One that no class leads to is the whole bundle's. */
function schoolsOfSession(
  comparison: Comparison,
  used: ReadonlyMap<string, ReadonlySet<string>>,
  sourcedId: string,
  { status }: Row,
): PlannedSchool[] {
  const { orgs } = comparison
  const having = new Set(comparison.schoolsWith('academicSession', sourcedId))
  const using = new Set(orgs.schools.filter(({ key }) => isBelow(comparison, sourcedId, used.get(key) ?? new Set())))
  const isEverybodys = !using.size && status !== 'tobedeleted'
  return orgs.schools.filter(
    (school) => having.has(school) || using.has(school) || orgs.only === school || (isEverybodys && school.isNamed),
  )
}

function typeOf(row: Row, comparison: Comparison, hasTypes: boolean) {
  const text = row.fields.type ?? ''
  const type = academicSessionTypes.find((known) => known.toLowerCase() === text.toLowerCase())
  if (!type && hasTypes)
    comparison.report.warn(row, `${text || 'nothing'} is no type of session: it counts as a term`, 'type')
  return type ?? 'term'
}

/** The bundle decides the parent where it has the session, else the register. */
function aboveOf(comparison: Comparison, school: PlannedSchool, sourcedId: string): string | undefined {
  const staged = comparison.staged.rows.academicSessions.get(sourcedId)
  if (staged) return staged.fields.parentSourcedId
  const id = comparison.idOf('academicSession', school, sourcedId)
  const above = id ? comparison.row('academicSession', school, id)?.parentId : undefined
  const row = above ? comparison.row('academicSession', school, String(above)) : undefined
  return row && ownId(row)
}

function isCyclic(comparison: Comparison, school: PlannedSchool, sourcedId: string): boolean {
  const passed = new Set<string>()
  let at = aboveOf(comparison, school, sourcedId)
  while (at && at !== sourcedId && !passed.has(at)) {
    passed.add(at)
    at = aboveOf(comparison, school, at)
  }
  return at === sourcedId
}

class SchoolSessions {
  readonly #comparison: Comparison
  readonly #school: PlannedSchool
  readonly #done = new Map<string, string | undefined>()

  constructor(comparison: Comparison, school: PlannedSchool) {
    this.#comparison = comparison
    this.#school = school
  }

  #parentOf(sourcedId: string, row: Row): { id: string | null; kept?: string } {
    const { parentSourcedId } = row.fields
    const { staged, report } = this.#comparison
    if (!parentSourcedId) return { id: null }
    const warn = (message: string) => report.warn(row, message, 'parentSourcedId')
    if (isCyclic(this.#comparison, this.#school, sourcedId)) {
      warn(`${parentSourcedId} lies below ${sourcedId} itself: stored without a session above it`)
      return { id: null, kept: parentSourcedId }
    }
    const above = staged.rows.academicSessions.get(parentSourcedId)
    if (above && row.status !== 'tobedeleted') warnOfSessionOutside(report, row, above)
    const id = above
      ? this.settle(parentSourcedId, above)
      : this.#comparison.idOf('academicSession', this.#school, parentSourcedId)
    if (id) return { id }
    warn(`there is no session ${parentSourcedId}: stored without a session above it`)
    return { id: null, kept: parentSourcedId }
  }

  settle(sourcedId: string, row: Row): string | undefined {
    if (this.#done.has(sourcedId)) return this.#done.get(sourcedId)
    const comparison = this.#comparison
    const { startDate, endDate, schoolYear, type } = row.fields
    const existing = comparison.idOf('academicSession', this.#school, sourcedId)
    if (row.status === 'tobedeleted' && (existing || !startDate || !endDate)) {
      this.#done.set(sourcedId, existing)
      return existing
    }
    const columns = columnsOf(comparison.staged, 'academicSessions', row)
    const parent = this.#parentOf(sourcedId, row)
    const year = yearOf(schoolYear)
    if (schoolYear && !year)
      comparison.report.warn(row, `${schoolYear} is no year: kept, but not as the school year`, 'schoolYear')
    const sessionType = typeOf(row, comparison, columns.has('type'))
    const kept = {
      parentSourcedId: parent.kept,
      schoolYear: year ? undefined : schoolYear,
      type: type?.toLowerCase() === sessionType.toLowerCase() ? undefined : type,
    }
    const id = comparison.settle('academicSession', this.#school, existing, {
      archived: row.status === 'tobedeleted',
      hasColumn: hasColumnIn(comparison.staged, row, 'academicSessions'),
      fields: {
        ...((!existing || columns.has('title')) && {
          title: titleOf(comparison, 'academicSession', this.#school, existing, row, sourcedId),
        }),
        ...((!existing || columns.has('type')) && { type: sessionType }),
        startDate,
        endDate,
        ...inFile<unknown>(columns, { schoolYear: ['schoolYear', year], parentId: ['parentSourcedId', parent.id] }),
        sourcedId,
        extra: extraOf(row, kept),
      },
    })
    this.#done.set(sourcedId, id)
    return id
  }
}

export function compareSessions(comparison: Comparison, classSchool: (row: Row) => PlannedSchool | undefined): void {
  const { staged, orgs, report } = comparison
  const used = sessionsUsed(comparison, classSchool)
  const bySchool = new Map(orgs.schools.map((school) => [school.key, new SchoolSessions(comparison, school)]))
  let idle = 0
  for (const [sourcedId, row] of staged.rows.academicSessions.entries()) {
    if (row.status === 'tobedeleted') archiveEverywhere(comparison, 'academicSession', sourcedId)
    const schools = schoolsOfSession(comparison, used, sourcedId, row)
    for (const school of schools) {
      bySchool.get(school.key)?.settle(sourcedId, row)
      comparison.counts.add(school, 'academicSessions', row)
    }
    // A bundle that names its schools may hold sessions that none of them uses.
    if (!schools.length && (orgs.isCertain || !comparison.isAmbiguous('academicSession', sourcedId, row))) idle++
  }
  if (idle) report.note(`Academic sessions of no school were left out: ${idle}`)
}
