import { fold } from '../../db/folding.ts'
import type { studentAlerts } from '../../db/schema/index.ts'
import type { RowOf } from '../records/kind.ts'
import type { MergeOf } from '../records/merging.ts'
import { sidesOf } from '../records/merging.ts'

type AlertRow = RowOf<typeof studentAlerts>
const isSame = (one: AlertRow, other: AlertRow) => one.kind === other.kind && fold(one.text) === fold(other.text)

export const mergeAlerts: MergeOf<typeof studentAlerts> = (rows, merging) => {
  const { gone, kept } = sidesOf(rows, merging)
  return gone.map((before) => ({
    before,
    fields: kept.some((one) => isSame(one, before)) ? { archivedAt: merging.now } : { studentId: merging.keptId },
  }))
}
