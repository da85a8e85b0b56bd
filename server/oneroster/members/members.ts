/** One person's ranges in one class never overlap. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { DayRange } from '../../calendar.ts'
import { overlap, today } from '../../calendar.ts'
import type { FoldedRow } from '../../records/folded-rows.ts'
import { foldedText } from '../../records/folded-rows.ts'
import type { Comparison, Wanted } from '../comparison/comparison.ts'
import { extraOf, hasColumnIn } from '../comparison/keep.ts'
import type { Stored } from '../comparison/known.ts'
import { ownId } from '../comparison/known.ts'
import { completeFiles } from '../comparison/row-counts.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { enrolledAs } from '../people/placement.ts'
import type { Row } from '../read/row.ts'
import type { Progress } from '../read/stage.ts'
import { keptMembers } from './kept-rows.ts'
import type { Member, MemberEntity, Members } from './member.ts'
import { memberEntities, personField } from './member.ts'
import { sortMembers } from './member-rows.ts'
import { primariesOf } from './primaries.ts'
import type { Folded } from './ranges.ts'
import { fold } from './ranges.ts'
import type { Days } from './term-days.ts'
import { daysOfClass, warnOfDaysOutside } from './term-days.ts'

interface Group {
  school: PlannedSchool
  classId: string
  entity: MemberEntity
  personId: string
  members: Member[]
  /** The school's date is 'YYYY-MM-DD'. */
  today: string
  days: Days | undefined
  /** Undefined when the file does not say who is primary. */
  primary: ReadonlySet<string> | undefined
  held: HeldIds
}
/** The key is 'entity\0person'; ids of the class's records in the register. */
type HeldIds = ReadonlyMap<string, readonly string[]>

const rangeOf = ({ beginDate, endDate }: Stored) => ({ beginDate, endDate }) as DayRange

/** Rows that the bundle moves to another class do not belong here; one whose role is in no class says nothing. */
function heldRows(comparison: Comparison, { school, classId, entity, personId, members, held: ids }: Group): Rows {
  const own = new Set(members.filter(({ isMoved }) => !isMoved).map(({ sourcedId }) => sourcedId))
  const held: Rows = new Map()
  for (const id of ids.get(`${entity}\0${personId}`) ?? []) {
    const row = comparison.row(entity, school, id)
    if (row?.classId !== classId || row[personField[entity]] !== personId) continue
    const staged = !own.has(ownId(row)) && comparison.staged.rows.enrollments.get(ownId(row))
    if (!staged || staged.status === 'tobedeleted' || !enrolledAs(comparison, staged)) held.set(id, row)
  }
  return held
}

function archiveMoved(comparison: Comparison, { school, classId, entity, members }: Group): void {
  for (const { sourcedId } of members.filter(({ isMoved }) => isMoved)) {
    const id = comparison.idOf(entity, school, sourcedId)
    const row = id === undefined ? undefined : comparison.row(entity, school, id)
    if (row?.classId === classId && !row.archivedAt)
      comparison.settle(entity, school, id, { archived: true, fields: {} })
  }
}

type Rows = Map<string, Stored>

const ownRow = (comparison: Comparison, { school, entity }: Group, range: Folded<Member>): string | undefined =>
  range.members.map(({ sourcedId }) => comparison.idOf(entity, school, sourcedId)).find((id) => id !== undefined)

/** A row in use goes on as the range, best one from the same first day; else an archived one from that day does. */
function rowToTakeOver(range: Folded<Member>, held: Rows): string | undefined {
  const rows = [...held.values()]
  const overlapping = rows.filter((row) => !row.archivedAt && overlap(rangeOf(row), range))
  const begins = ({ beginDate }: Stored) => beginDate === range.beginDate
  const row = overlapping.find(begins) ?? overlapping[0] ?? rows.find((one) => one.beginDate !== null && begins(one))
  return row?.id
}

/** Deleted rows that the register never had are stored too, unless their days are another row's. */
function filed(comparison: Comparison, group: Group, ranges: readonly Folded<Member>[], held: Rows): Folded<Member>[] {
  const { school, entity } = group
  const isKnown = ({ sourcedId }: Member) =>
    comparison.idOf(entity, school, sourcedId) !== undefined ||
    comparison.known.folded.get(entity, sourcedId, school.key) !== undefined
  const taken = (member: Member) =>
    ranges.some((range) => overlap(range, member)) ||
    [...held.values()].some((row) => row.beginDate === member.beginDate || overlap(rangeOf(row), member))
  return group.members
    .filter((member) => member.isGone && !isKnown(member) && !taken(member))
    .slice(0, 1)
    .map((member) => ({ beginDate: member.beginDate, endDate: member.endDate, members: [member] }))
}

const unusualRole = (entity: MemberEntity, { fields: { role } }: Row) =>
  role?.toLowerCase() === (entity === 'enrollment' ? 'student' : 'teacher') ? undefined : role

const foldedRow = (entity: MemberEntity, { sourcedId, beginDate, endDate, row, isPrimary }: Member): FoldedRow => {
  const role = unusualRole(entity, row)
  const status = row.status === 'inactive' && { status: row.status }
  return { sourcedId, beginDate, endDate, ...status, ...(role && { role }), ...(isPrimary && { isPrimary }) }
}

/** The file ends an enrollment on the day on which staff withdrew her. */
const isWithdrawnThen = ({ status, beginDate, endDate, extra }: Stored, range: DayRange): boolean =>
  status === 'withdrawn' &&
  extra?.status !== 'inactive' &&
  endDate !== null &&
  beginDate === range.beginDate &&
  endDate === range.endDate

function wantedOf(group: Group, range: Folded<Member>, lead: Member, existing: Stored | undefined): Wanted {
  const { beginDate, endDate, members } = range
  const { entity, classId, personId } = group
  const extra = extraOf(lead.row, {
    role: unusualRole(entity, lead.row),
    foldedRows: foldedText(members.map((member) => foldedRow(entity, member))),
  })
  const common = { classId, [personField[entity]]: personId, beginDate, endDate, sourcedId: lead.sourcedId, extra }
  const archived = lead.isGone
  if (entity === 'enrollment') {
    const left = members.every(({ row }) => row.status === 'inactive')
    const past = endDate !== null && endDate < group.today
    const status = left ? 'withdrawn' : past ? 'completed' : 'enrolled'
    if (!left && existing && isWithdrawnThen(existing, range)) return { archived, fields: common }
    const fields = { ...common, status, waitlistPosition: null, ...(!left && { withdrawalReason: null }) }
    return { archived, fields }
  }
  const isPrimary = group.primary && members.some(({ sourcedId }) => group.primary?.has(sourcedId))
  return { archived, fields: { ...common, ...(isPrimary !== undefined && { isPrimary }) } }
}

/** Archives a record that no range took over, if its days overlap a range, or another record shows its row. */
function giveWay(
  comparison: Comparison,
  { school, entity, members }: Group,
  row: Stored,
  ranges: readonly Folded<Member>[],
): void {
  if (row.archivedAt) return
  const against = ranges.find((range) => overlap(rangeOf(row), range))
  const isOwn = members.some(({ sourcedId }) => sourcedId === ownId(row))
  if (!against && !isOwn) return
  if (against?.members[0] && !isOwn)
    comparison.report.warn(
      against.members[0].row,
      `has days that ${row.sourcedId ?? 'a record made by hand'} has too: that one is archived`,
    )
  comparison.settle(entity, school, row.id, { archived: true, fields: {} })
}

function compareRange(comparison: Comparison, group: Group, range: Folded<Member>, id: string | undefined): void {
  const { school, entity } = group
  const byLine = range.members.toSorted((a, b) => a.row.line - b.row.line)
  const [first, ...others] = byLine
  if (!first) return
  for (const { row, isKept } of others)
    if (!isKept)
      comparison.report.warn(row, `overlaps line ${first.row.line}, the same person in the same class: stored as one`)
  const own = byLine.find(({ sourcedId }) => id !== undefined && comparison.idOf(entity, school, sourcedId) === id)
  const lead = own ?? first
  const hasColumn = hasColumnIn(comparison.staged, lead.row, 'enrollments')
  const existing = id === undefined ? undefined : comparison.row(entity, school, id)
  comparison.settle(entity, school, id, { ...wantedOf(group, range, lead, existing), hasColumn })
}

/** A row that a delta lacks stays, and is folded with rows of the delta that overlap it. */
function keepLacking(comparison: Comparison, { members }: Group, held: Rows): void {
  if (completeFiles(comparison.staged).includes('enrollments')) return
  const own = new Set(members.map(({ sourcedId }) => sourcedId))
  const inUse = members.filter(({ isGone }) => !isGone)
  for (const row of held.values())
    if (row.sourcedId && !row.archivedAt && !own.has(row.sourcedId) && inUse.some((one) => overlap(one, rangeOf(row))))
      members.push(...keptMembers(row).filter(({ sourcedId }) => !own.has(sourcedId)))
}

function compareGroup(comparison: Comparison, group: Group): void {
  const held = heldRows(comparison, group)
  keepLacking(comparison, group, held)
  const ranges = fold(group.members.filter(({ isGone }) => !isGone))
  for (const member of group.members) warnOfDaysOutside(comparison.report, member, group.days)
  const rows = new Map(ranges.map((range) => [range, ownRow(comparison, group, range)]))
  for (const id of rows.values()) held.delete(id ?? '')
  for (const range of ranges) {
    const id = rows.get(range) ?? rowToTakeOver(range, held)
    held.delete(id ?? '')
    compareRange(comparison, group, range, id)
  }
  for (const row of held.values()) giveWay(comparison, group, row, ranges)
  archiveMoved(comparison, group)
  for (const range of filed(comparison, group, ranges, held)) compareRange(comparison, group, range, undefined)
}

function heldIds(comparison: Comparison, school: PlannedSchool, classId: string): HeldIds {
  const held = new Map<string, string[]>()
  for (const entity of memberEntities)
    for (const [[person = '', id = '']] of comparison.known.members.under([entity, school.key, classId])) {
      const key = `${entity}\0${person}`
      const ids = held.get(key)
      if (ids) ids.push(id)
      else held.set(key, [id])
    }
  return held
}

function* groupsOf(comparison: Comparison, school: PlannedSchool, members: Members): Generator<Group> {
  const day = today({ school, now: comparison.now })
  let group: Group | undefined
  for (const [[classId = '', entity, personId = ''], member] of members.under(school.key)) {
    if (group?.classId === classId && group.entity === entity && group.personId === personId) {
      group.members.push(member)
      continue
    }
    if (group) yield group
    const ofClass: Pick<Group, 'primary' | 'days' | 'held'> =
      group?.classId === classId
        ? { primary: group.primary, days: group.days, held: group.held }
        : {
            held: heldIds(comparison, school, classId),
            primary: primariesOf(comparison, school, classId, members),
            days: daysOfClass(comparison, school, classId),
          }
    group = { school, classId, entity: entity as MemberEntity, personId, members: [member], today: day, ...ofClass }
  }
  if (group) yield group
}

export async function compareMembers(
  comparison: Comparison,
  classSchool: (row: Row) => PlannedSchool | undefined,
  progress: Progress,
): Promise<void> {
  const members = sortMembers(comparison, classSchool)
  const all = members.count()
  let count = 0
  for (const school of comparison.orgs.schools)
    for (const group of groupsOf(comparison, school, members)) {
      if (++count % 1000 === 0) {
        progress(`Comparing enrollments: ${count} of about ${all}`)
        await breathe()
      }
      compareGroup(comparison, group)
    }
}
