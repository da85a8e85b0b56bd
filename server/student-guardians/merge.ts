import type { studentGuardians } from '../../db/schema/index.ts'
import type { MergeOf } from '../records/merging.ts'
import { sidesOf } from '../records/merging.ts'
import type { Edit } from '../records/write.ts'
import type { StudentGuardianRow } from './core.ts'

const noteMax = 500
const joined = (one: string | null, other: string | null) =>
  [...new Set([one, other])].filter(Boolean).join('\n').slice(0, noteMax).toWellFormed() || null

/** The safer of two values holds: barred if either says so, picking up only if both do. */
const safer = (kept: StudentGuardianRow, gone: StudentGuardianRow) => ({
  isBarred: kept.isBarred || gone.isBarred,
  mayPickUp: kept.mayPickUp && gone.mayPickUp,
  hasCustody: kept.hasCustody || gone.hasCustody,
  livesWith: kept.livesWith || gone.livesWith,
  note: joined(kept.note, gone.note),
})

/** A guardian of both is linked once. The others are called after those of the record that remains. */
export const mergeLinks: MergeOf<typeof studentGuardians> = (rows, merging) => {
  const { gone, kept } = sidesOf(
    rows.toSorted((a, b) => a.priority - b.priority),
    merging,
  )
  let last = kept.length
  return gone.flatMap((before): Edit<typeof studentGuardians>[] => {
    const same = kept.find(({ guardianId }) => guardianId === before.guardianId)
    if (!same) return [{ before, fields: { studentId: merging.keptId, priority: ++last } }]
    return [
      { before, fields: { archivedAt: merging.now } },
      { before: same, fields: safer(same, before) },
    ]
  })
}
