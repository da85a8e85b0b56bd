import type { DayRange } from '../../calendar.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { classPlaceOf, enrolledAs } from '../people/placement.ts'
import { roleSort } from '../read/roles.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import { isTrue } from '../read/values.ts'
import type { Report } from '../report.ts'
import { keepOthers, leave, leaveBefore } from './kept-rows.ts'
import type { MemberEntity, Members } from './member.ts'
import { memberEntities, personEntity } from './member.ts'

const entitiesOf = { users: ['student', 'instructor'], classes: ['class'] } as const

/** A spreadsheet may have removed the zeros at the beginning of an id. */
function hint({ staged: { rows, zeros }, known }: Comparison, file: 'users' | 'classes', id: string): string {
  const bare = id.replace(/^0+/, '')
  const [held] = entitiesOf[file].flatMap((entity) => [...known.zeros.under([entity, id])])
  const meant = zeros.get([file, id]) ?? held?.[1] ?? (bare !== id && rows[file].has(bare) ? bare : undefined)
  return meant ? `. There is ${meant}: did a spreadsheet take zeros away?` : ''
}

/** A file without dates leaves those of the register. */
function rangeOf(
  comparison: Comparison,
  school: PlannedSchool,
  entity: MemberEntity,
  sourcedId: string,
  row: Row,
): DayRange {
  const enrollments = columnsOf(comparison.staged, 'enrollments', row)
  const id =
    enrollments.has('beginDate') && enrollments.has('endDate') ? undefined : comparison.idOf(entity, school, sourcedId)
  const known = id === undefined ? undefined : comparison.row(entity, school, id)
  const date = (column: 'beginDate' | 'endDate') =>
    row.fields[column] ?? ((enrollments.has(column) ? null : known?.[column]) as string | null | undefined) ?? null
  return { beginDate: date('beginDate'), endDate: date('endDate') }
}

/** The row says one day, and the register has the other. */
function isReversed({ beginDate, endDate }: DayRange, row: Row, report: Report): boolean {
  if (!beginDate || !endDate || beginDate <= endDate) return false
  const column = row.fields.beginDate ? 'beginDate' : 'endDate'
  report.reject(
    row,
    `would last from ${beginDate} to ${endDate}, one of which the register has: give both days`,
    column,
  )
  return true
}

function leaveAll(
  comparison: Comparison,
  members: Members,
  sourcedId: string,
  row: Row,
  named: ReadonlySet<PlannedSchool>,
): boolean {
  const left = memberEntities.map((entity) => {
    const schools = comparison.schoolsWith(entity, sourcedId, named)
    for (const school of schools) comparison.counts.add(school, 'enrollments', row)
    return leave(comparison, members, entity, schools, sourcedId, row)
  })
  return left.includes(true)
}

function sortRow(
  comparison: Comparison,
  members: Members,
  sourcedId: string,
  row: Row,
  schools: readonly PlannedSchool[],
): void {
  const { report } = comparison
  const { userSourcedId = '', classSourcedId = '' } = row.fields
  const entity = enrolledAs(comparison, row) === 'student' ? 'enrollment' : 'classInstructor'
  const found = new Set<PlannedSchool>()
  for (const school of schools) {
    const classId = comparison.idOf('class', school, classSourcedId)
    const person = comparison.idOf(personEntity[entity], school, userSourcedId)
    if (!classId || !person) continue
    found.add(school)
    comparison.counts.add(school, 'enrollments', row)
    const range = rangeOf(comparison, school, entity, sourcedId, row)
    if (isReversed(range, row, report)) continue
    const group = [school.key, classId, entity, person]
    leaveBefore(comparison, members, entity, school, sourcedId, { row, group })
    members.put([...group, sourcedId], {
      sourcedId,
      row,
      isPrimary: isTrue(row.fields.primary),
      isGone: row.status === 'tobedeleted',
      isMoved: false,
      isKept: false,
      ...range,
    })
    keepOthers(comparison, members, entity, school, sourcedId)
  }
  if (found.size) {
    const other = entity === 'enrollment' ? 'classInstructor' : 'enrollment'
    leave(comparison, members, other, comparison.schoolsWith(other, sourcedId, found), sourcedId, row)
    leave(comparison, members, entity, comparison.schoolsLeft(entity, sourcedId, found), sourcedId, row)
  } else
    report.reject(
      row,
      `there is no user ${userSourcedId || 'named'}, neither in users.csv nor in the school's register${hint(comparison, 'users', userSourcedId)}`,
      'userSourcedId',
    )
}

/** Rejects rows whose class or user does not exist. Who neither learns nor teaches is in no class, and is counted. */
export function sortMembers(comparison: Comparison, classSchool: (row: Row) => PlannedSchool | undefined): Members {
  const { staged, report } = comparison
  const members: Members = staged.scratch.shelf()
  let others = 0
  for (const [sourcedId, row] of staged.rows.enrollments.entries()) {
    const { classSourcedId = '', role } = row.fields
    const gone = row.status === 'tobedeleted'
    const { named, schools } = classPlaceOf(comparison, classSchool, row)
    if (gone && leaveAll(comparison, members, sourcedId, row, named)) continue
    if (gone && !named.size && memberEntities.some((entity) => comparison.isAmbiguous(entity, sourcedId, row))) continue
    if (!enrolledAs(comparison, row)) {
      if (role && roleSort(role) === 'unknown') comparison.roleFindings.unknown(row, role)
      else others++
      continue
    }
    if (schools.length) sortRow(comparison, members, sourcedId, row, schools)
    else if (gone) report.note('Enrollments to be deleted that the register never had were left out')
    else if (named.size || !comparison.isAmbiguous('class', classSourcedId, row))
      report.reject(
        row,
        `there is no class ${classSourcedId || 'named'}, neither in classes.csv nor in the register${hint(comparison, 'classes', classSourcedId)}`,
        'classSourcedId',
      )
  }
  if (others) report.note(`Enrollments of people who neither learn nor teach were left out: ${others}`)
  return members
}
