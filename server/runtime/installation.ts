/** Which register this is, among those that a browser reaches at one host. All its servers say the same. */
import { randomBytes } from 'node:crypto'
import type { Database, Reader } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { apiTokens, installation, oneTimeTokens, webhookDeliveries } from '../../db/schema/index.ts'
import { endSessions } from '../auth/sessions.ts'

const number = 1
const newInstallation = () => ({ number, id: randomBytes(6).toString('hex') })

async function find(from: Reader): Promise<string | undefined> {
  const [row] = await from.select({ id: installation.id }).from(installation)
  return row?.id
}

export async function installationId(db: Database): Promise<string> {
  const known = await find(db)
  if (known) return known
  return db.transaction(noSchool, async (tx) => {
    await tx.insert(installation).values(newInstallation()).onConflictDoNothing()
    return (await find(tx)) as string
  })
}

/** Makes a copied register one of its own: neither cookies nor links nor tokens of the original open anything in it, and it sends no webhooks. Answers the new id. */
export const detach = (db: Database): Promise<string> =>
  db.transaction(noSchool, async (tx) => {
    const own = newInstallation()
    await tx
      .insert(installation)
      .values(own)
      .onConflictDoUpdate({ target: installation.number, set: { id: own.id } })
    await endSessions(tx, undefined)
    await tx.delete(oneTimeTokens)
    await tx.delete(apiTokens)
    await tx.delete(webhookDeliveries)
    return own.id
  })
