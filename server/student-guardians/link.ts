import type { Transaction } from '../../db/database.ts'
import { contactsOf } from '../../db/folding.ts'
import { newId } from '../../db/kit.ts'
import type { guardians } from '../../db/schema/index.ts'
import { grouped } from '../grouped.ts'
import type { PastedGuardianInput } from '../guardians/input.ts'
import type { GuardianRow } from '../guardians/kind.ts'
import { guardianKind } from '../guardians/kind.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { sortName } from '../people.ts'
import type { FieldsOf } from '../records/kind.ts'
import { rowsWith } from '../records/kind.ts'
import type { Edit } from '../records/write.ts'
import { addRows, given, replaceRows } from '../records/write.ts'
import type { StudentGuardianRow } from './core.ts'
import { linksAmong, noMarks, studentGuardianCore } from './core.ts'

type Wanted = ReadonlyMap<string, readonly PastedGuardianInput[]>
type NewGuardian = FieldsOf<typeof guardians> & { id: string }

const filled = (fields: object) =>
  Object.fromEntries(Object.entries(given(fields)).filter(([, value]) => value !== null))
const keysOf = (person: PastedGuardianInput | GuardianRow): string[] =>
  contactsOf(person).map((contact) => `${sortName(person)}\n${contact}`)

/** Guardians in use by name and contact: those of the register, and those who are added. */
async function register(tx: Transaction, schoolId: number, wanted: Wanted) {
  const names = new Set([...wanted.values()].flat().map(sortName))
  const rows = await rowsWith(tx, guardianKind, schoolId, 'sortName', names)
  const ids = new Map<string, string>()
  for (const row of rows) if (!row.archivedAt) for (const key of keysOf(row)) ids.set(key, row.id)
  const added = new Map<string, NewGuardian>()
  return {
    rows,
    added,
    /** Siblings' rows that say more of one guardian complete her. */
    idOf({ relation: _, ...person }: PastedGuardianInput): string {
      const keys = keysOf({ relation: _, ...person })
      const id = keys.map((key) => ids.get(key)).find(Boolean) ?? newId()
      const before = added.get(id)
      if (before || !keys.some((key) => ids.has(key)))
        added.set(id, { ...filled(person), ...before, id } as NewGuardian)
      for (const key of keys) ids.set(key, id)
      return id
    },
  }
}

async function linksBefore(tx: Transaction, schoolId: number, studentIds: Iterable<string>) {
  const links: StudentGuardianRow[] = []
  for (const batch of inBatches(studentIds)) links.push(...(await linksAmong(tx, schoolId, batch)))
  return grouped(links, ({ studentId }) => studentId)
}

/** Guardians are found by name and a contact that both have, else added; siblings share one. A linked one of that name gets what is said of her contacts. The last linked is called last. */
export async function linkGuardians(
  tx: Transaction,
  schoolId: number,
  wanted: Wanted,
  { areNew }: { areNew: boolean },
): Promise<Change[]> {
  if (!wanted.size) return []
  const found = await register(tx, schoolId, wanted)
  const before = areNew ? new Map<string, StudentGuardianRow[]>() : await linksBefore(tx, schoolId, wanted.keys())
  const known = new Map(found.rows.filter(({ archivedAt }) => !archivedAt).map((row) => [row.id, row]))
  const edits = new Map<string, Edit<typeof guardians>>()
  const links: FieldsOf<typeof studentGuardianCore.table>[] = []
  for (const [studentId, people] of wanted) {
    const own = before.get(studentId) ?? []
    const linked = new Set(own.map(({ guardianId }) => guardianId))
    const namesakeOf = (person: PastedGuardianInput) =>
      [...linked].map((id) => known.get(id)).find((row) => row && sortName(row) === sortName(person))
    for (const { relation, ...person } of people) {
      const same = namesakeOf({ relation, ...person })
      if (same) edits.set(same.id, { before: same, fields: { ...edits.get(same.id)?.fields, ...filled(person) } })
      if (same) continue
      const guardianId = found.idOf({ relation, ...person })
      if (linked.has(guardianId)) continue
      linked.add(guardianId)
      links.push({ ...noMarks, studentId, guardianId, relation, priority: linked.size })
    }
  }
  return [
    ...(await replaceRows(tx, guardianKind, [...edits.values()])),
    ...(await addRows(tx, guardianKind, schoolId, [...found.added.values()])),
    ...(await addRows(tx, studentGuardianCore, schoolId, links)),
  ]
}
