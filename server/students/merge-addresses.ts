import type { studentAddresses } from '../../db/schema/index.ts'
import { addressKinds } from '../../db/values.ts'
import type { MergeOf } from '../records/merging.ts'
import { sidesOf } from '../records/merging.ts'

/** An address moves where the other record has none of its kind, or where it was chosen. */
export const mergeAddresses: MergeOf<typeof studentAddresses> = (rows, merging) => {
  const { gone, kept } = sidesOf(rows, merging)
  return addressKinds.flatMap((kind) => {
    const [theirs, own] = [gone, kept].map((side) => side.find((row) => row.kind === kind))
    if (!theirs || (own && !merging.take.includes(kind))) return []
    return [
      ...(own ? [{ before: own, fields: { archivedAt: merging.now } }] : []),
      { before: theirs, fields: { studentId: merging.keptId } },
    ]
  })
}
