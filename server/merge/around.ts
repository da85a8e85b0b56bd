/** Guardians, alerts and addresses of two records of one person, as those of one. */
import type { studentAddresses, studentAlerts, studentGuardians } from '../../db/schema/index.ts'
import { addressKinds } from '../../db/values.ts'
import { fold } from '../people.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import type { StudentGuardianRow } from '../student-guardians/kind.ts'
import type { MergeField } from './input.ts'
import type { Places } from './places.ts'

type AddressRow = RowOf<typeof studentAddresses>
type AlertRow = RowOf<typeof studentAlerts>

const noteMax = 500
const joined = (one: string | null, other: string | null) =>
  [...new Set([one, other])].filter(Boolean).join('\n').slice(0, noteMax).toWellFormed() || null

/** Where the records disagree, what is safer holds: barred if either says so, picking up only if both do. */
const safer = (kept: StudentGuardianRow, gone: StudentGuardianRow) => ({
  isBarred: kept.isBarred || gone.isBarred,
  mayPickUp: kept.mayPickUp && gone.mayPickUp,
  hasCustody: kept.hasCustody || gone.hasCustody,
  livesWith: kept.livesWith || gone.livesWith,
  note: joined(kept.note, gone.note),
})

interface LinkEdit {
  before: StudentGuardianRow
  fields: FieldsOf<typeof studentGuardians>
}

/** A guardian linked to both is linked once; the others are called after those of the record that stays. */
export function foldLinks(
  kept: readonly StudentGuardianRow[],
  gone: readonly StudentGuardianRow[],
  places: Places,
): LinkEdit[] {
  let last = kept.length
  return gone.flatMap((before): LinkEdit[] => {
    const same = kept.find(({ guardianId }) => guardianId === before.guardianId)
    if (!same) return [{ before, fields: { studentId: places.keptId, priority: ++last } }]
    return [
      { before, fields: { archivedAt: places.now } },
      { before: same, fields: safer(same, before) },
    ]
  })
}

/** An alert that both have is kept once. */
export function foldAlerts(kept: readonly AlertRow[], gone: readonly AlertRow[], { keptId, now }: Places) {
  const isSame = (one: AlertRow, other: AlertRow) => one.kind === other.kind && fold(one.text) === fold(other.text)
  return gone.map((before) => ({
    before,
    fields: kept.some((one) => isSame(one, before)) ? { archivedAt: now } : { studentId: keptId },
  }))
}

/** An address comes over where the record that stays has none of its kind, or where it was chosen. */
export function foldAddresses(
  kept: readonly AddressRow[],
  gone: readonly AddressRow[],
  take: readonly MergeField[],
  { keptId, now }: Places,
) {
  return addressKinds.flatMap((kind) => {
    const [theirs, own] = [gone, kept].map((rows) => rows.find((row) => row.kind === kind))
    if (!theirs || (own && !take.includes(kind))) return []
    return [
      ...(own ? [{ before: own, fields: { archivedAt: now } }] : []),
      { before: theirs, fields: { studentId: keptId } },
    ]
  })
}
