/** Ends what the source no longer has in a class. People stay. */
import type { FoldedRow } from '../../records/folded-rows.ts'
import { foldedText, withoutFolded } from '../../records/folded-rows.ts'
import type { Comparison, Wanted } from '../comparison/comparison.ts'
import type { Stored } from '../comparison/known.ts'
import { foldedOf } from '../comparison/known.ts'
import type { Shrunk } from '../comparison/row-counts.ts'
import { few, usualLeast } from '../comparison/row-counts.ts'
import type { MemberEntity } from './member.ts'
import { memberEntities } from './member.ts'
import type { Missing } from './missing.ts'
import { endedOn, isOpen } from './open-members.ts'
import { fold } from './ranges.ts'

function cutAt(row: FoldedRow, day: string): FoldedRow[] {
  if (row.beginDate !== null && row.beginDate > day) return []
  const endDate = row.endDate === null || row.endDate > day ? day : row.endDate
  return [{ ...row, endDate, status: 'inactive' }]
}

/** Rows of the record that the bundle still has keep it open. Undefined where its days would fall apart. */
function wantedOf(entity: MemberEntity, row: Stored, lacking: readonly string[], day: string): Wanted | undefined {
  const folded = foldedOf(row)
  const isLacking = ({ sourcedId }: FoldedRow) => lacking.includes(sourcedId)
  const goesOn = folded.some((one) => !isLacking(one) && (one.endDate === null || one.endDate > day))
  if (!goesOn) return endedOn(entity, row, day)
  const rows = folded.flatMap((one) => (isLacking(one) ? cutAt(one, day) : one))
  const [range, ...others] = fold(rows)
  if (!range || others.length) return undefined
  const { beginDate, endDate } = range
  const lead = rows.find(({ sourcedId }) => sourcedId === row.sourcedId) ?? rows[0]
  const foldedRows = foldedText(rows)
  const extra = { ...withoutFolded(row.extra ?? {}), ...(foldedRows && { foldedRows }) }
  return { archived: false, fields: { beginDate, endDate, sourcedId: lead?.sourcedId, extra } }
}

export function endMissing(comparison: Comparison, missing: Missing): number {
  let ended = 0
  for (const school of missing.schools)
    for (const entity of memberEntities)
      for (const [[id = ''], lacking] of missing.members.under([entity, school.key])) {
        const key = [entity, school.key, id]
        const row = comparison.row(entity, school, id)
        const wanted = row && wantedOf(entity, row, lacking, missing.dayIn(school))
        if (!wanted) continue
        if (!comparison.differences.has(key)) comparison.ending.put([school.key, entity, id], null)
        comparison.settle(entity, school, id, wanted)
        ended++
      }
  return ended
}

/** A register without counts of the last bundle is protected too. Must run before anything is ended. */
export function tooManyMissing(comparison: Comparison, missing: Missing, least = usualLeast): Shrunk[] {
  return missing.schools.flatMap((school) => {
    const [lacking, open] = memberEntities.reduce(
      ([sum, all], entity) => [
        sum + [...missing.members.under([entity, school.key])].length,
        all + countOpen(comparison, entity, school.key, missing.dayIn(school)),
      ],
      [0, 0],
    )
    const isMany = lacking >= few && (open - lacking) * 100 < open * least
    const told = { school: school.name, file: 'enrollments', rows: open - lacking, before: open } as const
    return isMany ? [{ ...told, isOfRegister: true as const }] : []
  })
}

function countOpen({ known, differences }: Comparison, entity: MemberEntity, school: string, day: string): number {
  let count = 0
  const add = (row: Stored) => {
    if (row.sourcedId && isOpen(entity, row, day)) count++
  }
  for (const [[id = ''], row] of known.rows.under([entity, school]))
    if (!differences.has([entity, school, id])) add(row)
  for (const [, { after }] of differences.under([entity, school])) add(after)
  return count
}
