/** Imports as the database knows them, without the files: who asks for them is what is tested. */
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { importResults, imports } from '../../db/schema/index.ts'
import type { ImportState } from '../../db/values.ts'
import { db, now } from './people.ts'

/** A bundle of this person's, which waits for a decision. */
export async function addImport(schoolId: number, userId: string, state: ImportState = 'ready'): Promise<string> {
  const id = newId()
  const moment = { createdAt: now, changedAt: now }
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(imports).values({ schoolId, id, userId, name: 'roster.zip', state, choices: {}, ...moment })
  })
  return id
}

/** The operation counts as an import from then on. */
export async function addResult(schoolId: number, operationId: string, name = 'roster.zip'): Promise<void> {
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(importResults).values({ schoolId, operationId, name, totals: {} })
  })
}
