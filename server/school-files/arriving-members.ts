/** Who was a member where the school comes from waits for a link of this register, as everybody who is invited. */
import type { memberships, savedViews } from '../../db/schema/index.ts'
import type { Bulk } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { alsoTelling, isSame } from '../journal/entry.ts'
import { addOwner } from '../schools/create.ts'
import type { Archive } from './archive.ts'
import type { Arrivals, Arrived } from './arriving-accounts.ts'
import { ownersOf } from './arriving-accounts.ts'
import { rowsIn, writeRows } from './rows.ts'

type Membership = typeof memberships.$inferSelect
type SavedView = typeof savedViews.$inferSelect

const arrivedAs = (arrivals: Arrivals, userId: string): Arrived => {
  const arrived = arrivals.get(userId)
  if (!arrived) throw new Error(`the account ${userId} has not arrived`)
  return arrived
}

/** Owners come into every school that is added. */
const asOwner = { role: 'administrator', invitedName: null, archivedAt: null } as const

function arrivedMember(
  before: Membership,
  { userId, name, was, is }: Arrived,
): { after: Membership; changes: Change[] } {
  const standing = is.isOwner ? asOwner : { invitedName: before.invitedName ?? name }
  const after = { ...before, userId, ...standing }
  if (isSame(before, after) && isSame(was, is)) return { after, changes: [] }
  after.version += 1
  const change: Change = { entity: 'membership', before, after }
  const changes = alsoTelling([change], {
    isOwner: [was.isOwner, is.isOwner],
    isDisabled: [was.isDisabled, is.isDisabled],
  })
  return { after, changes }
}

/** Returns how many wait. */
export async function receiveMembers(bulk: Bulk, archive: Archive, arrivals: Arrivals): Promise<number> {
  const { tx, schoolId } = bulk
  const missing = new Set(await ownersOf(tx))
  let waiting = 0
  for await (const rows of rowsIn(archive, 'memberships')) {
    const arrived = (rows as unknown as Membership[]).map((row) =>
      arrivedMember({ ...row, schoolId }, arrivedAs(arrivals, row.userId)),
    )
    for (const { after } of arrived) {
      missing.delete(after.userId)
      if (after.invitedName !== null && !after.archivedAt) waiting++
    }
    await writeRows(
      tx,
      'memberships',
      schoolId,
      arrived.map(({ after }) => after),
    )
    await bulk.tell(arrived.flatMap(({ changes }) => changes))
  }
  for (const owner of missing) await bulk.tell(await addOwner(tx, schoolId, owner))
  return waiting
}

export async function receiveViews(bulk: Bulk, archive: Archive, arrivals: Arrivals): Promise<void> {
  const { tx, schoolId } = bulk
  for await (const rows of rowsIn(archive, 'savedViews')) {
    const changes: Change[] = (rows as unknown as SavedView[]).map((row) => {
      const before = { ...row, schoolId }
      const { userId } = arrivedAs(arrivals, row.userId)
      const isMoved = userId !== row.userId
      return { entity: 'savedView', before, after: { ...before, userId, version: row.version + Number(isMoved) } }
    })
    await writeRows(
      tx,
      'savedViews',
      schoolId,
      changes.map(({ after }) => after),
    )
    await bulk.tell(changes.filter(({ before, after }) => before?.version !== after.version))
  }
}
